using System.Text;
using System.Text.RegularExpressions;
using Hermes.Runtime.Configuration;

namespace Hermes.Tool.Configuration;

/// <summary>
/// Puts values from elsewhere into settings: <c>${env:NAME}</c> an environment variable, <c>${file:/path}</c> the text of a file without the line ends after it, and
/// <c>${cred:name}</c> a credential of systemd. <c>$${</c> stands for <c>${</c>.
/// </summary>
internal sealed partial class SecretReferences(Func<string, string?> variable)
{
    /// <summary>Where systemd puts the credentials of a service (systemd.exec(5), <c>LoadCredential=</c>).</summary>
    private const string CredentialsFolder = "CREDENTIALS_DIRECTORY";

    private static readonly string[] Kinds = ["cred", "env", "file"];

    /// <summary>Whether a text refers to a value elsewhere.</summary>
    public static bool IsIn(string text) => Reference().Matches(text).Any(match => match.Value != "$${");

    /// <summary>Replaces the references in a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="report">Is told what is wrong, and what to do.</param>
    /// <returns>The text; null if something is wrong.</returns>
    public string? Resolve(string text, Action<string, string> report)
    {
        var resolved = new StringBuilder();
        var (end, isWrong) = (0, false);
        foreach (Match match in Reference().Matches(text))
        {
            resolved.Append(text, end, match.Index - end);
            end = match.Index + match.Length;
            var value = match.Value == "$${" ? "${" : Value(match, report);
            resolved.Append(value);
            isWrong |= value is null;
        }

        return isWrong ? null : resolved.Append(text, end, text.Length - end).ToString();
    }

    private string? Value(Match match, Action<string, string> report)
    {
        var (kind, name) = (match.Groups["kind"].Value, match.Groups["name"].Value);
        if (!match.Value.EndsWith('}'))
        {
            report("A reference is opened by ${ and not closed.", "Write ${env:NAME}, ${file:/path} or ${cred:name}; or $${ if the text itself is meant.");
            return null;
        }

        if (name.Length > 0)
        {
            switch (kind)
            {
                case "env":
                    return OfVariable(name, report);
                case "file":
                    return OfFile(name, $"Let {name} hold the value, readable by the account that runs hermes.", report);
                case "cred":
                    return OfCredential(name, report);
            }
        }

        var near = NearName.Of(kind, Kinds) is { } meant && meant != kind ? $"Did you mean ${{{meant}:{name}}}? " : "";
        report(
            $"The reference {match.Value} is unknown.",
            $"{near}Write ${{env:NAME}}, ${{file:/path}} or ${{cred:name}}; or $${{ if the text itself is meant.");
        return null;
    }

    private string? OfVariable(string name, Action<string, string> report)
    {
        if (variable(name) is { } value)
            return value;
        report($"The environment variable {name} is not set.", $"Set {name} for the program, such as by Environment= or EnvironmentFile= of its unit.");
        return null;
    }

    private string? OfCredential(string name, Action<string, string> report)
    {
        if (variable(CredentialsFolder) is { Length: > 0 } folder)
            return OfFile(Path.Combine(folder, name), $"Add LoadCredential={name}:/path to the unit.", report);
        report(
            $"The credential {name} cannot be read: {CredentialsFolder} is not set.",
            $"Run hermes as a service of systemd with LoadCredential={name}:/path, or use ${{file:/path}}.");
        return null;
    }

    private static string? OfFile(string path, string fix, Action<string, string> report)
    {
        try
        {
            return File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            report($"There is no file {path}.", fix);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            report($"The file {path} cannot be read ({exception.GetType().Name}).", fix);
        }

        return null;
    }

    [GeneratedRegex(@"\$\$\{|\$\{(?<kind>[^:}]*)(:(?<name>[^}]*))?(\}|$)", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Reference();
}
