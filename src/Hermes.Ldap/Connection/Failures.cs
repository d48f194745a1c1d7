using System.DirectoryServices.Protocols;
using System.Text.RegularExpressions;

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

/// <summary>The Windows error codes that Active Directory writes into its diagnostic messages, which say more than the LDAP result code.</summary>
internal static partial class ActiveDirectoryCodes
{
    private static readonly Dictionary<string, string> OfBind = new(StringComparer.OrdinalIgnoreCase)
    {
        ["525"] = "The account does not exist.",
        ["52e"] = "The account or its password is wrong.",
        ["530"] = "The account may not log on at this time of day.",
        ["531"] = "The account may not log on from this machine.",
        ["532"] = "The password of the account has expired. Set a new one.",
        ["533"] = "The account is disabled.",
        ["701"] = "The account has expired.",
        ["773"] = "The account must change its password first.",
        ["775"] = "The account is locked. Unlock it.",
    };

    private static readonly Dictionary<string, string> OfRequest = new(StringComparer.OrdinalIgnoreCase)
    {
        ["00000005"] = "Access is denied to the bind account.",
        ["0000001F"] = "A password can be set only over an encrypted connection. Use an ldaps:// URL.",
        ["00000524"] = "Another account has this sAMAccountName.",
        ["0000052D"] = "The password does not meet the domain's rules for length, characters or history. Set another one at the source: the next attempt writes it.",
        ["00000561"] = "The account is a member already.",
        ["00000562"] = "The account is not a member.",
        ["00002071"] = "An object with this name exists already.",
        ["00002085"] = "An attribute of the request is not in the schema.",
        ["00002098"] = "The rights of the bind account do not suffice.",
        ["000021C7"] = "Another account has this servicePrincipalName.",
        ["000021C8"] = "Another account has this userPrincipalName.",
    };

    /// <summary>What the code in a diagnostic message means, or null.</summary>
    public static string? Explain(string diagnostics)
    {
        if (BindData.Match(diagnostics) is { Success: true } bind)
            return OfBind.GetValueOrDefault(bind.Groups[1].Value);
        return Leading.Match(diagnostics) is { Success: true } request ? OfRequest.GetValueOrDefault(request.Groups[1].Value) : null;
    }

    [GeneratedRegex(@"AcceptSecurityContext error, data ([0-9a-fA-F]+)")]
    private static partial Regex BindData { get; }

    [GeneratedRegex(@"^([0-9a-fA-F]{8}): ")]
    private static partial Regex Leading { get; }
}
