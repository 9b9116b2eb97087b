resource "aws_sagemaker_endpoint" "scoring" {
  name                 = "scoring"
  endpoint_config_name = "scoring"
}
