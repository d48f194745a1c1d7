namespace Hermes.Tool.Tests.Import;

/// <summary>All settings of the original program 1.0.9 that its documentation names, by the last part of their names.</summary>
public static class PythonSettings
{
    private const string Names =
        """
        umask cache dirpath enable_compression backup_count cli_socket path owner group mode dont_manage_sockfile logs logfile verbosity long_string_limit
        mail server from to compress_attachments mailtext_maxsize attachment_maxsize plugins attributes settings datasources type messagebus
        ldapPasswordHash default_hash_types crypto_RSA_OAEP keys hash rsa_key regex_search
        uri port dbname login password service_name sid binddn bindpassword basedn ssl cafile certfile keyfile always_return_values_in_list
        retention_in_days servers api_version max_request_size topic group_id
        hermes-server updateInterval datamodel primarykeyattr toString on_merge_conflict foreignkeys from_objtype from_attr integrity_constraints sources fetch query vars
        commit_one commit_all attrsmapping secrets_attrs cacheonly_attrs local_attrs pkey_merge_constraint merge_constraints
        base scope filter attrlist addlist dellist modlist dn add modify delete
        hermes-client autoremediation foreignkeys_policy errorQueue_retryInterval trashbin_purgeInterval trashbin_retention useFirstInitsyncSequence hermesType
        hermes-client-usersgroups_null hermes-client-usersgroups_ldap users_ou groups_ou dnAttributes groupMemberAttribute propagateUserDNChangeOnGroupMember groupsObjectclass
        defaultValues attributesToIgnore
        hermes-client-usersgroups_adpypsrp hermes-client-usersgroups_adwinrm WinRM host ssl_cert_validation credssp_disable_tlsv1_2 encryption auth AD_domain name
        standardAttributes otherAttributes random_passwords length with_upper_letters minimum_number_of_upper_letters with_lower_letters minimum_number_of_lower_letters
        with_numbers minimum_number_of_numbers with_special_chars minimum_number_of_special_chars avoid_ambigous_chars ambigous_chars_dictionary letters_dictionary
        special_chars_dictionary
        """;

    public static TheoryData<string> All => [.. Names.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
