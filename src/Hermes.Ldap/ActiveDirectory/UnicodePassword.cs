using System.Security.Cryptography;
using System.Text;
using Hermes.Abstractions.Data;
using Hermes.Ldap.Directories;

namespace Hermes.Ldap.ActiveDirectory;

/// <summary>
/// Sets passwords of accounts: <c>unicodePwd</c>, the text in quotes as UTF-16. Only over TLS; the password cannot be read back. Nor can it be removed: a
/// random one, which nobody is told, takes the place of one that is not set.
/// </summary>
internal sealed class UnicodePassword(DirectoryWriter writer, RandomPassword random) : IPasswordWriter
{
    /// <inheritdoc/>
    public async Task SetAsync(string dn, Value password, CancellationToken cancellationToken)
    {
        Value set = password.IsSet ? password : random.Next();
        if (!set.TryGetString(out var text))
            throw new FormatException("The password must be a text, not hashed: Active Directory hashes it itself.");
        await writer.ModifyAsync(dn, [EntryDifference.Replace("unicodePwd", [Encode(text)])], cancellationToken);
    }

    /// <summary>A password as the attribute takes it.</summary>
    internal static byte[] Encode(string password) => Encoding.Unicode.GetBytes($"\"{password}\"");
}

/// <summary>Passwords for new accounts that nobody is told: of so many characters, at least one of each set.</summary>
internal sealed class RandomPassword(int length, IReadOnlyList<string> sets)
{
    /// <summary>The rules of options.</summary>
    public static RandomPassword Of(AccountOptions options) => new(options.RandomPasswordLength, SetsOf(options));

    /// <summary>The characters that passwords are made of: those of each set that are not excluded.</summary>
    public static IReadOnlyList<string> SetsOf(AccountOptions options) =>
        [.. options.RandomPasswordSets.Select(set => string.Concat(set.Where(letter => !options.RandomPasswordExcluded.Contains(letter, StringComparison.Ordinal)).Distinct()))];

    /// <summary>A random text.</summary>
    public string Next()
    {
        char[] password =
        [
            .. sets.Select(set => RandomNumberGenerator.GetItems<char>(set, 1)[0]),
            .. RandomNumberGenerator.GetItems<char>(string.Concat(sets), length - sets.Count),
        ];
        RandomNumberGenerator.Shuffle(password.AsSpan());
        return new string(password);
    }
}
