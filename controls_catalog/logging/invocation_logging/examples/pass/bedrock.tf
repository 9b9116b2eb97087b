resource "aws_s3_bucket" "logs" {
  bucket = "model-invocations"
}

resource "aws_bedrock_model_invocation_logging_configuration" "this" {
  logging_config {
    text_data_delivery_enabled = true

    s3_config {
      bucket_name = aws_s3_bucket.logs.id
    }
  }
}

resource "aws_bedrockagent_agent" "claims" {
  agent_name              = "claims"
  agent_resource_role_arn = "arn:aws:iam::111122223333:role/claims-agent"
  foundation_model        = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  instruction             = "Answers questions of claimants about the state of their claim."
}
