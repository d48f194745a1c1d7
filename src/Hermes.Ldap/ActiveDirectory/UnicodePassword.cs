using System.Security.Cryptography;
using System.Text;
using Hermes.Abstractions.Data;
using Hermes.Ldap.Directories;

namespace Hermes.Ldap.ActiveDirectory;

/// <summary>
/// Sets passwords of accounts: <c>unicodePwd</c>, the text in quotes as UTF-16. Only over TLS; the password cannot be read back. Nor can it be removed: a
/// random one, which nobody is told, takes the place of one that is not set.
/// </summary>
internal sealed class UnicodePassword(DirectoryWriter writer, int randomLength) : IPasswordWriter
{
    /// <inheritdoc/>
    public async Task SetAsync(string dn, Value password, CancellationToken cancellationToken)
    {
        Value set = password.IsSet ? password : RandomPassword.Next(randomLength);
        if (!set.TryGetString(out var text))
            throw new FormatException("The password must be a text, not hashed: Active Directory hashes it itself.");
        await writer.ModifyAsync(dn, [EntryDifference.Replace("unicodePwd", [Encode(text)])], cancellationToken);
    }

    /// <summary>A password as the attribute takes it.</summary>
    internal static byte[] Encode(string password) => Encoding.Unicode.GetBytes($"\"{password}\"");
}

/// <summary>Passwords for new accounts that nobody is told.</summary>
internal static class RandomPassword
{
    private static readonly string[] Alphabets = ["abcdefghijkmnopqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789", "!#%&*+-./:=?@_"];

    /// <summary>A random text with letters of both cases, digits and signs: any complexity rule is met.</summary>
    public static string Next(int length)
    {
        char[] password =
        [
            .. Alphabets.Select(alphabet => RandomNumberGenerator.GetItems<char>(alphabet, 1)[0]),
            .. RandomNumberGenerator.GetItems<char>(string.Concat(Alphabets), length - Alphabets.Length),
        ];
        RandomNumberGenerator.Shuffle(password.AsSpan());
        return new string(password);
    }
}
