resource "aws_bedrockagent_agent" "claims" {
  agent_name              = "claims"
  agent_resource_role_arn = "arn:aws:iam::111122223333:role/claims-agent"
  foundation_model        = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  instruction             = "Answers questions of claimants about the state of their claim."
}
