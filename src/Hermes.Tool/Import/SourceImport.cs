namespace Hermes.Tool.Import;

/// <summary>The data sources of a server.</summary>
/// <param name="context">What is gathered.</param>
/// <param name="remoteNames">The attributes that the data model reads, by source.</param>
internal sealed class SourceImport(ImportContext context, IReadOnlyDictionary<string, SortedSet<string>> remoteNames)
{
    /// <summary>Reads <c>hermes.plugins.datasources</c>.</summary>
    public ImportedSection Read(PythonSection sources)
    {
        var all = new ImportedSection();
        foreach (var (name, source) in sources.Sections())
        {
            var settings = source.Section("settings");
            switch (source.Text("type"))
            {
                case "sqlite":
                    all.Set(name, Sql("Sqlite").Set("ConnectionString", $"Data Source={Quoted(settings.Text("uri"))}"));
                    break;
                case "postgresql":
                    all.Set(name, PostgreSql(name, settings));
                    break;
                case "oracle":
                    all.Set(name, Oracle(name, settings));
                    break;
                case "ldap":
                    all.Set(name, Ldap(name, settings));
                    break;
                default:
                    source.Note("type", "There is no counterpart of this data source.", "Write the settings of one of ours, or a source of your own in C# (IDataSource).");
                    break;
            }
        }

        return all;
    }

    private static ImportedSection Sql(string provider) => new ImportedSection().Set("Kind", "Sql").Set("Provider", provider);

    private ImportedSection PostgreSql(string name, PythonSection settings) => Sql("Npgsql").Refer(
        "ConnectionString",
        $"Host={Plain(settings, "server")};Port={Plain(settings, "port") ?? "5432"};Database={Plain(settings, "dbname")};"
        + $"Username={Plain(settings, "login")}{Password(name, settings)}");

    private ImportedSection Oracle(string name, PythonSection settings)
    {
        settings.Note("server", "This program brings no driver for Oracle along.", "Put Oracle.ManagedDataAccess.dll where Drivers:Oracle:Assembly says.");
        context.NeedsOracle = true;
        var sid = Plain(settings, "sid");
        var service = sid is null ? $"SERVICE_NAME={Plain(settings, "service_name")}" : $"SID={sid}";
        var address = $"(ADDRESS=(PROTOCOL=TCP)(HOST={Plain(settings, "server")})(PORT={Plain(settings, "port") ?? "1521"}))";
        return Sql("Oracle").Refer(
            "ConnectionString", $"Data Source=(DESCRIPTION={address}(CONNECT_DATA=({service})));User Id={Plain(settings, "login")}{Password(name, settings)}");
    }

    private ImportedSection Ldap(string name, PythonSection settings)
    {
        var ldap = LdapConnectionImport.Read(context, name, settings, new ImportedSection().Set("Kind", "Ldap")).Set("Base", settings.Text("basedn"));
        if (settings.Flag("always_return_values_in_list") == true)
            ldap.Set("ListAttributes", remoteNames.GetValueOrDefault(name, []).Where(attribute => !attribute.Equals("dn", StringComparison.OrdinalIgnoreCase)));
        return ldap;
    }

    // Written into a connection string, in which a password stands in quotes if it has signs of that language.
    private string Password(string name, PythonSection settings) =>
        settings.Text("password") is { } password ? $";Password={context.Keep($"{name}-password", Quoted(password))}" : "";

    private static string? Plain(PythonSection settings, string name) => settings.Text(name) is { } text ? Quoted(text).Replace("${", "$${", StringComparison.Ordinal) : null;

    private static string Quoted(string? text) => text is null ? ""
        : text.IndexOfAny([';', '=', '"', '\'', ' ', '\t']) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
