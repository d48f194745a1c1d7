# OpenLDAP with an empty directory, over TLS with an authority of its own. The account of Hermes may write below people and groups,
# everybody may read.
start_slapd() {
  local port tls_port password folder=$data/slapd
  port=$(free_port) tls_port=$(free_port) password=$(secret)
  mkdir -p "$folder"/{config,db}
  make_certificate "$folder"
  slapd_config "$folder" >"$folder/config.ldif"
  slapd_tree "$password" >"$folder/tree.ldif"
  slapadd -n0 -F "$folder/config" -l "$folder/config.ldif" 2>>"$data/slapd.log"
  slapadd -n1 -F "$folder/config" -l "$folder/tree.ldif" 2>>"$data/slapd.log"
  launch slapd TERM slapd -F "$folder/config" -h "ldap://127.0.0.1:$port/ ldaps://127.0.0.1:$tls_port/" -d 0
  wait_for slapd ldapwhoami -x -H "ldap://127.0.0.1:$port"

  export CampusDirectory__LdapPort=$port
  export Hermes__Clients__directory__Target__Url=ldaps://127.0.0.1:$tls_port Hermes__Clients__directory__Target__Password=$password
  export Hermes__Clients__directory__Target__CaCertificateFile=$folder/ca.crt
}

make_certificate() {
  (
    cd "$1"
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj '/CN=Authority of the sample' -addext basicConstraints=critical,CA:TRUE \
      -keyout ca.key -out ca.crt
    openssl req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout server.key -out server.csr
    openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -out server.crt \
      -extfile <(echo subjectAltName=IP:127.0.0.1)
  ) 2>>"$data/openssl.log"
}

slapd_config() {
  cat <<END
dn: cn=config
objectClass: olcGlobal
cn: config
olcTLSCACertificateFile: $1/ca.crt
olcTLSCertificateFile: $1/server.crt
olcTLSCertificateKeyFile: $1/server.key

dn: cn=module,cn=config
objectClass: olcModuleList
cn: module
olcModulePath: /usr/lib/ldap
olcModuleLoad: back_mdb

dn: cn=schema,cn=config
objectClass: olcSchemaConfig
cn: schema

include: file:///etc/ldap/schema/core.ldif
include: file:///etc/ldap/schema/cosine.ldif
include: file:///etc/ldap/schema/inetorgperson.ldif

dn: olcDatabase=mdb,cn=config
objectClass: olcDatabaseConfig
objectClass: olcMdbConfig
olcDatabase: mdb
olcSuffix: dc=campus,dc=example
olcDbDirectory: $1/db
olcDbIndex: objectClass,uid,cn,member eq
olcAccess: to attrs=userPassword by anonymous auth by * none
olcAccess: to dn.subtree="ou=people,dc=campus,dc=example" by dn.exact="cn=hermes,dc=campus,dc=example" write by * read
olcAccess: to dn.subtree="ou=groups,dc=campus,dc=example" by dn.exact="cn=hermes,dc=campus,dc=example" write by * read
olcAccess: to * by * read
END
}

slapd_tree() {
  cat <<END
dn: dc=campus,dc=example
objectClass: dcObject
objectClass: organization
dc: campus
o: Campus

dn: cn=hermes,dc=campus,dc=example
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: hermes
userPassword: $(slappasswd -n -T <(printf '%s' "$1"))

dn: ou=people,dc=campus,dc=example
objectClass: organizationalUnit
ou: people

dn: ou=groups,dc=campus,dc=example
objectClass: organizationalUnit
ou: groups
END
}
