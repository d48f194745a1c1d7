namespace Hermes.Ldap.ActiveDirectory;

/// <summary>The bits of <c>userAccountControl</c>, by their names in Microsoft's documents.</summary>
internal static class AccountFlags
{
    public const int Disabled = 0x2;
    public const int NormalAccount = 0x200;

    // Those that an administrator may set on a user. The others tell what a server found out, or belong to machines and trusts.
    private static readonly Dictionary<string, int> Settable = new(StringComparer.OrdinalIgnoreCase)
    {
        ["SCRIPT"] = 0x1,
        ["ACCOUNTDISABLE"] = Disabled,
        ["HOMEDIR_REQUIRED"] = 0x8,
        ["PASSWD_NOTREQD"] = 0x20,
        ["ENCRYPTED_TEXT_PWD_ALLOWED"] = 0x80,
        ["NORMAL_ACCOUNT"] = NormalAccount,
        ["DONT_EXPIRE_PASSWORD"] = 0x10000,
        ["MNS_LOGON_ACCOUNT"] = 0x20000,
        ["SMARTCARD_REQUIRED"] = 0x40000,
        ["TRUSTED_FOR_DELEGATION"] = 0x80000,
        ["NOT_DELEGATED"] = 0x100000,
        ["USE_DES_KEY_ONLY"] = 0x200000,
        ["DONT_REQ_PREAUTH"] = 0x400000,
        ["TRUSTED_TO_AUTH_FOR_DELEGATION"] = 0x1000000,
    };

    /// <summary>All bits that may be set by name.</summary>
    public static int All { get; } = Settable.Values.Aggregate((all, bit) => all | bit);

    /// <summary>The bits of some names.</summary>
    /// <exception cref="FormatException">A name is unknown; lists those that are known.</exception>
    public static int Parse(IEnumerable<string> names) => names.Aggregate(0, (bits, name) => bits | (Settable.TryGetValue(name, out var bit)
        ? bit
        : throw new FormatException($"The account flag '{name}' is unknown. Use: {string.Join(", ", Settable.Keys)}.")));

    /// <summary>The new bits of an account: the wanted ones of those that are managed, all others as they are.</summary>
    public static int Combine(int current, int wanted, int managed) => (current & ~managed) | wanted | NormalAccount;
}
