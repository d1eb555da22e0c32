// node make-bucket.cjs ENDPOINT BUCKET, with the keys in the environment: makes the bucket where it is not there yet.
const { AwsClient } = require("./aws4fetch.cjs");

const [endpoint, bucket] = process.argv.slice(2);
const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_REGION: region } = process.env;

async function makeBucket() {
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: "s3" });
  const answer = await client.fetch(`${endpoint}/${bucket}`, { method: "PUT" });
  const text = await answer.text();
  // Some S3 servers say so of a bucket that one has already, others just say yes.
  if (answer.ok || text.includes("<Code>BucketAlreadyOwnedByYou</Code>")) return;
  throw new Error(`${endpoint} does not make bucket "${bucket}": ${answer.status} ${text}`);
}

makeBucket().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
