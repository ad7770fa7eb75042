import { mongoOptions } from '@onerouter/store-mongoose';
import mongoose, { type Connection } from 'mongoose';

/** Runs a command on a connection of its own, whose answers may take as long as they need. */
export async function withMongo<T>(uri: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = mongoose.createConnection(uri, { ...mongoOptions(uri), socketTimeoutMS: 0 });
  try {
    return await work(await connection.asPromise());
  } finally {
    await connection.close();
  }
}
