export { describeOnMongo, HOW_TO_RUN, MongoServer } from './mongo-server.ts';
export { TcpProxy } from './tcp-proxy.ts';
