// node make-bucket.cjs ENDPOINT BUCKET, with the keys in the environment: creates the bucket if it does not exist.
const { AwsClient } = require("./aws4fetch.cjs");

const [endpoint, bucket] = process.argv.slice(2);
const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_REGION: region } = process.env;

async function makeBucket() {
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: "s3" });
  const answer = await client.fetch(`${endpoint}/${bucket}`, { method: "PUT" });
  const text = await answer.text();
  // S3 servers return either this error or success for an existing bucket of the same owner.
  if (answer.ok || text.includes("<Code>BucketAlreadyOwnedByYou</Code>")) return;
  throw new Error(`${endpoint} failed to create bucket "${bucket}": ${answer.status} ${text}`);
}

makeBucket().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
