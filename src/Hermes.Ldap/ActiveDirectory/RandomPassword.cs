using System.Security.Cryptography;

namespace Hermes.Ldap.ActiveDirectory;

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
