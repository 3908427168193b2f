# What of the gate's rules can be told of manifests alone, for the comparison in `npm run bench -- gate`.
package main

import rego.v1

servers contains key if {
	some file in input
	file.contents.kind == "Server"
	key := sprintf("%s/%s", [file.contents.metadata.namespace, file.contents.metadata.name])
}

authentications contains key if {
	some file in input
	file.contents.kind == "MeshTLSAuthentication"
	key := sprintf("%s/%s", [file.contents.metadata.namespace, file.contents.metadata.name])
}

accounts contains key if {
	some file in input
	file.contents.kind == "ServiceAccount"
	key := sprintf("%s/%s", [file.contents.metadata.namespace, file.contents.metadata.name])
}

deny contains msg if {
	some file in input
	file.contents.kind == "AuthorizationPolicy"
	target := sprintf("%s/%s", [file.contents.metadata.namespace, file.contents.spec.targetRef.name])
	not servers[target]
	msg := sprintf("AuthorizationPolicy %s targets no Server", [file.contents.metadata.name])
}

deny contains msg if {
	some file in input
	file.contents.kind == "AuthorizationPolicy"
	some ref in file.contents.spec.requiredAuthenticationRefs
	required := sprintf("%s/%s", [file.contents.metadata.namespace, ref.name])
	not authentications[required]
	msg := sprintf("AuthorizationPolicy %s requires %s, which is not there", [file.contents.metadata.name, required])
}

warn contains msg if {
	some file in input
	file.contents.kind == "MeshTLSAuthentication"
	some ref in file.contents.spec.identityRefs
	account := sprintf("%s/%s", [ref.namespace, ref.name])
	not accounts[account]
	msg := sprintf("MeshTLSAuthentication %s lists %s, which is not there", [file.contents.metadata.name, account])
}

deny contains msg if {
	some file in input
	file.contents.kind == "AuthorizationPolicy"
	count(file.contents.spec.requiredAuthenticationRefs) == 0
	msg := sprintf("AuthorizationPolicy %s admits everyone", [file.contents.metadata.name])
}

deny contains msg if {
	some file in input
	file.contents.kind == "Deployment"
	file.contents.spec.template.spec.hostNetwork
	msg := sprintf("Deployment %s leaves the mesh", [file.contents.metadata.name])
}

deny contains msg if {
	some file in input
	file.contents.kind == "Deployment"
	file.contents.spec.template.metadata.annotations["linkerd.io/inject"] == "disabled"
	msg := sprintf("Deployment %s leaves the mesh", [file.contents.metadata.name])
}
