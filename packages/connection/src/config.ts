/** Where and as whom to connect. */
export interface ConnectConfig {
  /** `mem://`, `surrealkv://path` or `rocksdb://path`. */
  readonly url: string;
  readonly namespace: string;
  readonly database: string;
}
