resource "aws_bedrockagent_agent_action_group" "claims" {
  action_group_name          = "claims"
  agent_id                   = "AGENT00001"
  agent_version              = "DRAFT"
  skip_resource_in_use_check = false

  action_group_executor {
    lambda = "arn:aws:lambda:eu-west-1:111122223333:function:claims-actions"
  }
}
