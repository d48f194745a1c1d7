namespace Hermes.Tool.Import;

/// <summary>The clients of Active Directory, which send commands of PowerShell where ours speaks LDAPS.</summary>
internal sealed class DomainImport(ImportContext context, PythonSection plugin, List<ImportedType> types)
{
    /// <summary>Reads the target.</summary>
    public ImportedSection Read()
    {
        UserGroupTypes.LeaveOutOthers(types);
        var (remote, domain) = (plugin.Section("WinRM"), plugin.Section("AD_domain"));
        remote.Without(
            "The domain is spoken to by LDAPS, for which its controllers need a certificate.",
            "port", "ssl", "ssl_cert_validation", "credssp_disable_tlsv1_2", "encryption", "path", "auth");
        remote.Note("host", "The domain is reached by LDAPS, no longer by PowerShell.", "Open port 636, and set CaCertificateFile if the system does not know the authority.");
        _ = domain.Text("dn");
        ReadPasswords(plugin.Section("random_passwords"), out var length);
        foreach (var declared in new[] { "standardAttributes", "otherAttributes" })
        {
            // Which types values have, the domain's schema says.
            _ = plugin.Node(declared);
        }

        return new ImportedSection()
            .Set("Kind", "ActiveDirectory")
            .Set("Url", $"ldaps://{remote.Text("host")}")
            .Set("BindDn", Login(remote.Text("login"), domain.Text("name")))
            .Refer("Password", remote.Text("password") is { Length: > 0 } password ? context.Keep("domain-password", password) : null)
            .Set("Users", Accounts(domain, length))
            .Set("Groups", Groups(domain))
            .Set("Memberships", UserGroupTypes.Memberships(types, null));
    }

    private static void ReadPasswords(PythonSection passwords, out string? length)
    {
        length = passwords.Text("length");
        passwords.Without(
            "A random password has letters of both sizes, digits and signs, which every policy takes.",
            "with_upper_letters", "minimum_number_of_upper_letters", "with_lower_letters", "minimum_number_of_lower_letters", "with_numbers", "minimum_number_of_numbers",
            "with_special_chars", "minimum_number_of_special_chars", "avoid_ambigous_chars", "ambigous_chars_dictionary", "letters_dictionary", "special_chars_dictionary");
    }

    private static string? Login(string? login, string? domain) => login is null || domain is null || login.AsSpan().IndexOfAny('@', '\\', '=') >= 0 ? login : $"{login}@{domain}";

    private ImportedSection Accounts(PythonSection domain, string? length)
    {
        var @base = domain.Text("users_ou");
        if (types.Named(UserGroupTypes.Users) is not { } users)
            return new ImportedSection();
        var attributes = new DomainAttributes(context, users);
        var account = new ImportedSection().Set("Base", @base);
        attributes.TakeFlags(account);
        attributes.WriteTo(account, UserGroupTypes.UserKey);
        return new ImportedSection().Set(UserGroupTypes.Users, account.Set("RandomPasswordLength", length));
    }

    private ImportedSection Groups(PythonSection domain)
    {
        var @base = domain.Text("groups_ou");
        if (types.Named(UserGroupTypes.Groups) is not { } groups)
            return new ImportedSection();
        var attributes = new DomainAttributes(context, groups);
        var group = new ImportedSection().Set("Base", @base);
        attributes.TakeGroupKind(group);
        attributes.WriteTo(group, UserGroupTypes.GroupKey);
        return new ImportedSection().Set(UserGroupTypes.Groups, group);
    }
}
