package action
