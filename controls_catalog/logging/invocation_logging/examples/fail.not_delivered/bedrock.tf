resource "aws_s3_bucket" "logs" {
  bucket = "model-invocations"
}

resource "aws_bedrock_model_invocation_logging_configuration" "this" {
  logging_config {
    text_data_delivery_enabled = false

    s3_config {
      bucket_name = aws_s3_bucket.logs.id
    }
  }
}
