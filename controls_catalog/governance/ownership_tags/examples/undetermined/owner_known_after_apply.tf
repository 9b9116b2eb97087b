resource "aws_ssm_parameter" "team" {
  name = "team"
  type = "String"
}

resource "aws_sagemaker_endpoint" "scoring" {
  name                 = "scoring"
  endpoint_config_name = "scoring"

  tags = {
    Owner      = aws_ssm_parameter.team.insecure_value
    AiSystemId = "AIS-0042"
    AiRiskTier = "high"
  }
}
