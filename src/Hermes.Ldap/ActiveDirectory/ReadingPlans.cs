using System.Globalization;
using Hermes.Abstractions.Data;
using Hermes.Ldap.Directories;

namespace Hermes.Ldap.ActiveDirectory;

/// <summary>What is read of accounts and groups.</summary>
internal static class ReadingPlans
{
    private const string Control = "userAccountControl";
    private const string Critical = "isCriticalSystemObject";

    private static readonly string[] Passwords = ["unicodePwd", "userPassword"];

    /// <summary>The accounts of a type, but not computers, which are users too. A disabled one is trashed, unless those are moved to a container of their own.</summary>
    public static ReadingPlan Of(EntryLayout layout, AccountOptions options, IReadOnlyList<HeldReference> references) => new(layout, options.TrashBase)
    {
        Classes = ["user"],
        NotClass = "computer",
        Passwords = Passwords,
        References = references,
        ProtectedBy = Critical,
        Completed = options.UpnSuffix is null ? [] : ["userPrincipalName"],
        ComparesBySyntax = true,
        Marks = options is { WhenTrashed: WhenAccountTrashed.Disable, TrashBase: null } ? [Control] : [],
        IsMarked = held => IsDisabled(held(Control)),
    };

    /// <summary>The groups of a type.</summary>
    public static ReadingPlan Of(EntryLayout layout, GroupOptions options, IEnumerable<string> memberships, IReadOnlyList<HeldReference> references) =>
        new(layout, options.WhenTrashed == WhenTrashed.Move ? options.TrashBase : null)
        {
            Classes = ["group"],
            Passwords = Passwords,
            References = references,
            ProtectedBy = Critical,
            OfOthers = [.. memberships, .. options.MembersAttribute is null ? [] : new[] { "member" }],
            Completed = ["sAMAccountName"],
            ComparesBySyntax = true,
        };

    private static bool IsDisabled(Value control) =>
        control.TryGetString(out var text) && int.TryParse(text, CultureInfo.InvariantCulture, out var flags) && (flags & AccountFlags.Disabled) != 0;
}
