resource "aws_sagemaker_endpoint" "scoring" {
  name                 = "scoring"
  endpoint_config_name = "scoring"

  tags = {
    Owner      = "retail-credit-ml"
    AiSystemId = "AIS-0042"
    AiRiskTier = "tier 2"
  }
}
