"""Mutation testing: does a control's own test notice when its rules are changed?"""
