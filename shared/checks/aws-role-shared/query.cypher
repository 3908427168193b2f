// AWS roles that several ServiceAccounts may assume, as of $at.
MATCH (role:AwsRole {cluster: $cluster})<-[assumes:ASSUMES]-(account:ServiceAccount)
WHERE assumes.validFrom <= $at AND (assumes.validTo IS NULL OR assumes.validTo > $at)
WITH DISTINCT role, account ORDER BY account.key
WITH role, collect(account) AS accounts
WHERE size(accounts) > 1
RETURN role.key AS roleKey, role.arn AS arn, [account IN accounts | account.key] AS accountKeys,
       [account IN accounts | account.namespace + '/' + account.name] AS accounts
ORDER BY arn
