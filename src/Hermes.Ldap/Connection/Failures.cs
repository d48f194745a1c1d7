using System.DirectoryServices.Protocols;

namespace Hermes.Ldap.Connection;

/// <summary>Turns what the LDAP library throws into messages for administrators. Its exceptions are not kept: they hold the server's unedited text.</summary>
internal static class Failures
{
    // The library reports some failed binds by its text for the code alone.
    private static readonly Dictionary<string, int> BindTexts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["An operation error occurred."] = 1,
        ["A protocol error occurred."] = 2,
        ["The authentication method is not supported."] = 7,
        ["Strong authentication is required for this operation."] = 8,
        ["A referral was returned from the server."] = 10,
        ["Confidentiality is required for this operation."] = 13,
        ["A SASL bind is in progress."] = 14,
        ["The object does not exist."] = 32,
        ["The distinguished name contains invalid syntax."] = 34,
        ["The authentication that was provided was not appropriate."] = 48,
        ["The user has insufficient access rights."] = 50,
        ["The server is busy."] = 51,
        ["The server is unavailable."] = 52,
        ["The server cannot handle directory requests."] = 53,
        ["An unknown error occurred."] = 80,
    };

    /// <summary>A failed request; <paramref name="what"/> was tried and where, to complete "... failed".</summary>
    public static LdapRequestException Of(Exception exception, string what, DirectoryRequest? request) => exception switch
    {
        DirectoryOperationException { Response: { } response } =>
            Of((int)response.ResultCode, response.ErrorMessage, what, request, PasswordPolicy.Explain(response.Controls)),
        DirectoryOperationException refused => OfText(refused.Message, what),
        LdapException library => Of(library.ErrorCode, library.ServerErrorMessage, what, request),
        ObjectDisposedException => Of(ResultCodes.ServerDown, null, what, request),
        _ => new(82, FaultKind.Permanent, $"{what} failed: the LDAP library of this machine reported {exception.GetType().Name}.", exception),
    };

    /// <summary>A result code that is not success.</summary>
    public static LdapRequestException Of(int code, string? diagnostics, string what, DirectoryRequest? request, string? reason = null)
    {
        var meaning = ResultCodes.Of(code);
        var text = Diagnostics.Clean(diagnostics, request);
        var advice = reason ?? ActiveDirectoryCodes.Explain(text) ?? meaning.Advice;
        var server = text.Length > 0 ? $" The server says: {text}" : "";
        return new(code, meaning.Fault, $"{what} failed ({code}, {meaning.Name}): {advice}{server}");
    }

    private static LdapRequestException OfText(string text, string what) => BindTexts.TryGetValue(text, out var code)
        ? Of(code, null, what, null)
        : new(82, FaultKind.Permanent, $"{what} failed: {text}");
}
