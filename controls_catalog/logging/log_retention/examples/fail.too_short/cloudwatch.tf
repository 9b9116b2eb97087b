resource "aws_cloudwatch_log_group" "scorer" {
  name              = "/aws/sagemaker/Endpoints/scorer"
  retention_in_days = 30
}
