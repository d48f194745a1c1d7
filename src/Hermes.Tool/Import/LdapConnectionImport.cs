namespace Hermes.Tool.Import;

/// <summary>How a directory is reached, as source and as target.</summary>
internal static class LdapConnectionImport
{
    /// <summary>Reads address, account and certificates.</summary>
    public static ImportedSection Read(ImportContext context, string name, PythonSection settings, ImportedSection ldap)
    {
        var ssl = settings.Section("ssl");
        ssl.Without("Log in by BindDn and Password: a certificate of the client is not offered.", "certfile", "keyfile");
        return ldap
            .Set("Url", settings.Text("uri"))
            .Set("BindDn", settings.Text("binddn"))
            .Refer("Password", settings.Text("bindpassword") is { Length: > 0 } password ? context.Keep($"{name}-password", password) : null)
            .Set("CaCertificateFile", ssl.Text("cafile"));
    }
}
