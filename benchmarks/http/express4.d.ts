/** express 4 beside express 5: what is used of it here is the same. */
declare module 'express4' {
  import express from 'express';
  export default express;
}
