using System.ComponentModel.DataAnnotations;
using Hermes.Ldap.Directories;

namespace Hermes.Ldap.ActiveDirectory;

/// <summary>How the entries of a data type become user accounts.</summary>
public sealed class AccountOptions : EntryMappingOptions
{
    /// <summary>Makes options with <c>cn</c> as naming attribute.</summary>
    public AccountOptions() => DnAttribute = "cn";

    /// <summary>
    /// The domain of logins: an account whose <c>userPrincipalName</c> is not mapped gets <c>sAMAccountName@suffix</c>. Default: none, it has no such name.
    /// </summary>
    public string? UpnSuffix { get; set; }

    /// <summary>Names of <c>userAccountControl</c> flags that all accounts have, such as <c>DONT_EXPIRE_PASSWORD</c>. Default: none.</summary>
    public IList<string> AccountFlags { get; } = [];

    /// <summary>The local attribute that lists the names of further flags of an account. Default: none.</summary>
    public string? AccountFlagsAttribute { get; set; }

    /// <summary>The DNs of groups that all accounts are members of. Default: none.</summary>
    public IList<string> MandatoryGroups { get; } = [];

    /// <summary>Whether a new account must change its password at the first login. Default: false.</summary>
    public bool MustChangePassword { get; set; }

    /// <summary>The length of the random passwords of accounts without one of their own. Default: 32 characters.</summary>
    [Range(12, 127)]
    public int RandomPasswordLength { get; set; } = 32;

    /// <summary>
    /// The sets of characters of which random passwords have at least one each. Default: small letters, capital letters, digits and signs, without those that look alike.
    /// </summary>
    public IList<string> RandomPasswordSets { get; } = ["abcdefghijkmnopqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789", "!#%&*+-./:=?@_"];

    /// <summary>Characters that no random password has, because something that it passes through does not take them. Default: none.</summary>
    public string RandomPasswordExcluded { get; set; } = "";

    /// <summary>What becomes of trashed accounts. Default: they are disabled.</summary>
    public WhenAccountTrashed WhenTrashed { get; set; } = WhenAccountTrashed.Disable;

    /// <summary>The container that disabled accounts are moved to. Default: none, they stay where they are.</summary>
    public string? TrashBase { get; set; }

    internal override IEnumerable<string> Classes => ["top", "person", "organizationalPerson", "user"];

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var result in base.Validate(validationContext))
            yield return result;
        if (FlagProblem() is { } problem)
            yield return new(problem, [nameof(AccountFlags)]);
        if (RandomPassword.SetsOf(this) is var sets && (sets.Count == 0 || sets.Count > RandomPasswordLength || sets.Any(set => set.Length == 0)))
        {
            yield return new(
                "Random passwords need at least one set of characters, no more sets than characters, and in each a character that is not excluded.", [nameof(RandomPasswordSets)]);
        }

        if (TrashBase is not null && WhenTrashed != WhenAccountTrashed.Disable)
            yield return new("TrashBase is for WhenTrashed = Disable only. Remove it.", [nameof(TrashBase)]);
    }

    private string? FlagProblem()
    {
        try
        {
            ActiveDirectory.AccountFlags.Parse(AccountFlags);
            return null;
        }
        catch (FormatException problem)
        {
            return problem.Message;
        }
    }
}
