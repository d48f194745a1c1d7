using System.DirectoryServices.Protocols;

namespace Hermes.Ldap.Connection;

/// <summary>
/// The control by which servers say why they refuse a password (draft-behera-ldap-password-policy, 6): OpenLDAP's ppolicy overlay, 389 Directory Server and
/// others. One that does not know it ignores it.
/// </summary>
internal static class PasswordPolicy
{
    private const string Oid = "1.3.6.1.4.1.42.2.27.8.5.1";
    private const byte Error = 0x81;

    private const string Remedy = " Set another one at the source: the next attempt writes it.";

    private static readonly Dictionary<int, string> Reasons = new()
    {
        [0] = "The password of the account has expired.",
        [1] = "The account is locked.",
        [2] = "The account must change its password first.",
        [3] = "The policy of the server does not let passwords be changed by this account.",
        [4] = "The policy of the server wants the old password with the new one. Let the bind account set passwords without it.",
        [5] = "The password does not meet the policy of the server for its characters; a hashed one cannot be examined." + Remedy,
        [6] = "The password is shorter than the policy of the server allows." + Remedy,
        [7] = "The password was changed too short a time ago for the policy of the server. It is tried again.",
        [8] = "The password is one of those that the account had before, which the policy of the server does not allow." + Remedy,
    };

    /// <summary>Asks for the reason of a refusal.</summary>
    public static DirectoryControl Request() => new(Oid, null, isCritical: false, serverSide: true);

    /// <summary>The reason that the controls of an answer hold, or null.</summary>
    public static string? Explain(IEnumerable<DirectoryControl> controls) =>
        controls.FirstOrDefault(control => control.Type == Oid)?.GetValue() is { } answer && ErrorIn(answer) is { } error ? Reasons.GetValueOrDefault(error) : null;

    // SEQUENCE { warning [0] CHOICE OPTIONAL, error [1] ENUMERATED OPTIONAL }, all of them shorter than 128 bytes.
    private static int? ErrorIn(byte[] answer)
    {
        for (var at = 2; at + 2 < answer.Length; at += 2 + answer[at + 1])
        {
            if (answer[at] == Error && answer[at + 1] == 1)
                return answer[at + 2];
        }

        return null;
    }
}
