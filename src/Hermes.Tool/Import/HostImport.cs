using System.Globalization;
using Hermes.Tool.Configuration;

namespace Hermes.Tool.Import;

/// <summary>The section <c>hermes</c>: what every process of the original program had for itself, and a host of ours has once.</summary>
internal sealed class HostImport
{
    /// <summary>Where the original program cuts texts in logs, if nothing is said.</summary>
    public const string DefaultLongestText = "512";

    private readonly ImportedSection _http = new();
    private readonly ImportedSection _mail = new();
    private readonly ImportedSection _logging = new();
    private readonly ImportedSection _filters = new();
    private readonly FilterImport _attributes;

    /// <summary>Begins with nothing read.</summary>
    public HostImport(ImportContext context) => _attributes = new FilterImport(context, _filters);

    /// <summary>Reads the section of a file.</summary>
    public void Read(PythonSection hermes)
    {
        hermes.Without("Set UMask= in the unit of the service. Files of state are readable by their owner only.", "umask");
        ReadSocket(hermes.Section("cli_socket"));
        ReadLogs(hermes.Section("logs"));
        ReadMail(hermes.Section("mail"));
        _attributes.Read(hermes.Section("plugins").Section("attributes"));
    }

    /// <summary>Writes what all files together say.</summary>
    public void WriteTo(ImportedSection root) => root
        .Set("Http", _http)
        .Set("Logging", new ImportedSection().Set("LogLevel", _logging))
        .Set("Mail", _mail)
        .Set("Filters", _filters);

    /// <summary>Where a server or client keeps its state.</summary>
    public ImportedSection State(PythonSection hermes, string program)
    {
        var cache = hermes.Section("cache");
        cache.Without("The state is a database, which is not compressed.", "enable_compression");
        cache.Without("The state is a database, which cannot be torn; back it up as the page about recovery says.", "backup_count");
        return new ImportedSection().Set("Kind", "Sqlite").Set("Path", Path.Combine(cache.Text("dirpath") ?? "state", $"{program}.db"));
    }

    /// <summary>Where long texts are cut in the log; null if nothing is said.</summary>
    public string? LongestText(PythonSection hermes)
    {
        var logs = hermes.Section("logs");
        if (logs.Node("long_string_limit") is TextNode { Text: null })
            return int.MaxValue.ToString(CultureInfo.InvariantCulture);
        return logs.Number("long_string_limit")?.ToString(CultureInfo.InvariantCulture);
    }

    private void ReadSocket(PythonSection socket)
    {
        const string unit = "Write User= and Group= into the unit of the service, or put the socket into a folder with the right group; SocketMode says who may use it.";
        socket.Without(unit, "owner", "group");
        socket.Without("The host makes its socket itself; remove the unit of the socket.", "dont_manage_sockfile");
        if (socket.Text("path") is not { } path)
            return;
        if (!_http.IsEmpty && Differs(_http, "Socket", path))
        {
            socket.Note(
                "path", "A host has one socket for all its servers and clients.", $"That of the first file is taken. Ask with: hermes status --socket {First(_http, "Socket")}");
            _ = socket.Text("mode");
            return;
        }

        _http.Set("Socket", path).Set("SocketMode", socket.Text("mode") is { } mode ? ModeOf(mode) : null);
    }

    private void ReadLogs(PythonSection logs)
    {
        const string console = "The log goes to the console, and by the service to the journal, which keeps and rotates it.";
        if (logs.Has("logfile"))
            logs.Without(console, "logfile");
        else
            _ = logs.Text("logfile");
        logs.Without(console, "backup_count");
        _ = logs.Has("long_string_limit");
        var level = logs.Choice("verbosity", ("critical", "Critical"), ("error", "Error"), ("warning", "Warning"), ("info", "Information"), ("debug", "Debug")) ?? "Warning";
        if (!_logging.IsEmpty && Differs(_logging, "Default", level))
            logs.Note("verbosity", "A host has one level for all its servers and clients.", $"That of the first file is taken: {First(_logging, "Default")}.");
        else
            _logging.Set("Default", level);
    }

    private void ReadMail(PythonSection mail)
    {
        mail.Without("A mail has no attachments: what was, what is and the difference stand in its text.", "compress_attachments", "attachment_maxsize");
        mail.Without("The text of a mail is cut at a length of our own.", "mailtext_maxsize");
        var (server, from, to) = (mail.Text("server"), mail.Text("from"), mail.Texts("to"));
        if (server is null)
            return;
        if (!_mail.IsEmpty)
        {
            if (Differs(_mail, "Server", server) || Differs(_mail, "From", from ?? ""))
                mail.Note("server", "A host has one way to send mail.", "That of the first file is taken.");
            return;
        }

        // The original program speaks plain SMTP on port 25.
        _mail.Set("Server", server).Set("Port", "25").Set("Security", "None").Set("From", from).Set("To", to);
        mail.Note(
            "server",
            "The mail server is spoken to without encryption, as before.",
            "Set Security: StartTls and Port: 587 under Mail, and UserName and Password if it wants them.");
    }

    // Octal, with a nought or 0o before it; decimal without.
    private static string ModeOf(string text)
    {
        var digits = text.StartsWith("0o", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;
        var isDecimal = !text.StartsWith('0') && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);
        var mode = isDecimal ? Convert.ToString(int.Parse(text, CultureInfo.InvariantCulture), 8) : digits.TrimStart('0');
        return mode.PadLeft(3, '0')[^3..];
    }

    private static bool Differs(ImportedSection section, string name, string text) => First(section, name) is { } first && first != text;

    private static string? First(ImportedSection section, string name) => (section.ToNode().Find(name)?.Value as TextNode)?.Text;
}
