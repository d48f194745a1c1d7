using System.Globalization;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Ldap.Directories;
using Hermes.Ldap.Syntax;

namespace Hermes.Ldap.ActiveDirectory;

/// <summary>The user accounts of one data type.</summary>
internal sealed class AccountStore(
    AccountOptions options, EntryStore entries, DirectoryWriter writer, UnicodePassword passwords, Logins logins)
{
    private const string Look = "look-for-account";
    private const string Control = "userAccountControl";
    private const string PasswordSet = "pwdLastSet";

    private readonly int _flags = AccountFlags.Parse(options.AccountFlags);

    /// <summary>Renames, modifies and deletes, which accounts have in common with other entries.</summary>
    public EntryStore Entries { get; } = entries;

    /// <summary>Names and attributes of the accounts.</summary>
    public EntryLayout Layout => Entries.Layout;

    /// <summary>
    /// Makes an account: disabled at first, since the domain refuses an enabled one without a password; then the password; then enabled. An account of its name
    /// is taken over only as the options say, or if an earlier attempt made it, and keeps its password unless the entry has one.
    /// </summary>
    /// <exception cref="TargetMissingException">An earlier attempt made it, and it is gone.</exception>
    public async Task AddAsync(Entry entry, TargetContext context, CancellationToken cancellationToken)
    {
        Logins.Require(Layout.ImageOf(entry));
        await PutAsync(entry, await Entries.FindMadeAsync(Look, entry, context, cancellationToken), context, cancellationToken);
    }

    /// <summary>Makes an account anew that was deleted.</summary>
    public async Task AddAgainAsync(Entry entry, TargetContext context, CancellationToken cancellationToken)
    {
        Logins.Require(Layout.ImageOf(entry));
        await PutAsync(entry, await Entries.FindMadeAgainAsync(Look, entry, context, cancellationToken), context, cancellationToken);
    }

    /// <summary>Brings the account that an entry had to its content and enables it, or makes it anew if it has no link.</summary>
    /// <exception cref="TargetMissingException">The linked account is gone.</exception>
    public async Task RestoreAsync(Entry entry, TargetContext context, CancellationToken cancellationToken) =>
        await PutAsync(entry, await Entries.FindRestoredAsync(entry, context, cancellationToken), context, cancellationToken);

    /// <summary>Renames and modifies an account, and sets its flags and its password if they changed.</summary>
    public async Task ChangeAsync(EntryModified change, TargetContext context, CancellationToken cancellationToken)
    {
        var image = Layout.ImageOf(change.Entry);
        Logins.Require(image);
        var dn = Layout.DnOf(change.Entry);
        await logins.ExplainAsync(image, dn, context, async () => dn = await Entries.ChangeAsync(change, context, cancellationToken), cancellationToken);
        var wanted = WantedFlags(change.Entry);
        if (wanted != WantedFlags(change.Previous))
        {
            // Who was disabled by hand stays so, unless the entry itself says the one or the other.
            var managed = Managed & ~(((wanted | WantedFlags(change.Previous)) & AccountFlags.Disabled) == 0 ? AccountFlags.Disabled : 0);
            await context.StepAsync("set-flags", async token => await SetFlagsAsync(dn, wanted, managed, token), cancellationToken);
        }

    }

    /// <summary>Disables the account of an entry; one that is gone needs no disabling.</summary>
    public async Task DisableAsync(Entry entry, TargetContext context, CancellationToken cancellationToken) =>
        await context.StepAsync("disable-account", async token =>
        {
            if (await Entries.Objects.FindAsync(entry, context, token, Layout.DnOf(entry)) is { } found
                && await ReadNumberAsync(found.Dn, Control, token) is { } current)
            {
                await WriteFlagsAsync(found.Dn, current, (int)current | AccountFlags.Disabled, token);
            }
        }, cancellationToken);

    private async Task PutAsync(Entry entry, string? known, TargetContext context, CancellationToken cancellationToken)
    {
        var dn = known ?? Layout.DnOf(entry);
        var isAdopted = await context.RunStepAsync(
            "create-account",
            async token =>
            {
                var isOfAnother = false;
                await logins.ExplainAsync(Layout.ImageOf(entry), dn, context, async () => isOfAnother = await CreateAsync(dn, entry, known, context, token), token);
                return (Value)isOfAnother;
            },
            cancellationToken);
        if (Entries.Members.AreAny)
        {
            await context.StepAsync(
                "set-references",
                async token => await MemberLists.BringAsync(dn, await Entries.Members.ReadAsync(entry, Layout.ImageOf(entry), context, token), context, token),
                cancellationToken);
        }

        await context.StepAsync("set-password", async token => await SetPasswordAsync(dn, Layout.PasswordOf(entry), token), cancellationToken);
        await context.StepAsync("enable-account", async token => await EnableAsync(dn, entry, isAdopted == (Value)true, token), cancellationToken);
        if (options.MandatoryGroups.Count > 0)
            await context.StepAsync("join-mandatory-groups", async token => await JoinMandatoryGroupsAsync(dn, token), cancellationToken);
    }

    // An account that somebody else made and disabled stays disabled. One that never had a password was only begun.
    private async Task EnableAsync(string dn, Entry entry, bool isAdopted, CancellationToken cancellationToken)
    {
        var isLeft = isAdopted && ((await ReadNumberAsync(dn, Control, cancellationToken) ?? 0) & AccountFlags.Disabled) != 0;
        await SetFlagsAsync(dn, WantedFlags(entry), isLeft ? Managed & ~AccountFlags.Disabled : Managed, cancellationToken);
    }

    /// <returns>Whether it took over an account that was there.</returns>
    private async Task<bool> CreateAsync(string dn, Entry entry, string? known, TargetContext context, CancellationToken cancellationToken)
    {
        var image = Layout.ImageOf(entry);
        image[Control] = [Text(AccountFlags.NormalAccount | AccountFlags.Disabled)];
        if (known is null && await writer.TryAddAsync(dn, image, cancellationToken))
        {
            await Entries.Objects.LinkAsync(dn, context, cancellationToken);
            return false;
        }

        if (known is null)
            await Entries.Objects.AdoptAsync(dn, entry, context, cancellationToken);
        await writer.UpdateAsync(dn, Layout.ImageOf(entry), Layout.Managed, Layout.Naming, cancellationToken);

        // After a kill it may be one that this client made and had not enabled yet.
        return known is null && !context.IsRedelivery && !await NeverHadPasswordAsync(dn, cancellationToken);
    }

    private async Task SetPasswordAsync(string dn, Value password, CancellationToken cancellationToken)
    {
        var isNew = await NeverHadPasswordAsync(dn, cancellationToken);
        if (password.IsSet || isNew)
            await passwords.SetAsync(dn, password, cancellationToken);
        if (isNew && options.MustChangePassword)
            await writer.ModifyAsync(dn, [EntryDifference.Replace(PasswordSet, ["0"])], cancellationToken);
    }

    // The server's own record, so that an attempt that broke off between creation and password is seen as such by the next one.
    private async Task<bool> NeverHadPasswordAsync(string dn, CancellationToken cancellationToken) =>
        await ReadNumberAsync(dn, PasswordSet, cancellationToken) is null or 0
        && ((await ReadNumberAsync(dn, Control, cancellationToken) ?? 0) & AccountFlags.Disabled) != 0;

    private int Managed => AccountFlags.Disabled | _flags | (options.AccountFlagsAttribute is null ? 0 : AccountFlags.All);

    private async Task SetFlagsAsync(string dn, int wanted, int managed, CancellationToken cancellationToken)
    {
        var current = await ReadNumberAsync(dn, Control, cancellationToken) ?? AccountFlags.NormalAccount;
        await WriteFlagsAsync(dn, current, AccountFlags.Combine((int)current, wanted, managed), cancellationToken);
    }

    private Task WriteFlagsAsync(string dn, long current, int wanted, CancellationToken cancellationToken) =>
        writer.ModifyAsync(dn, current == wanted ? [] : [EntryDifference.Replace(Control, [Text(wanted)])], cancellationToken);

    private async Task JoinMandatoryGroupsAsync(string dn, CancellationToken cancellationToken)
    {
        foreach (var group in options.MandatoryGroups)
            await writer.AddValuesAsync(group, "member", [dn], cancellationToken);
    }

    private int WantedFlags(Entry entry) => options.AccountFlagsAttribute is { } attribute
        ? _flags | AccountFlags.Parse(AttributeText.Values(attribute, entry.Get(attribute)).Select(name => name.ToString()))
        : _flags;

    private async Task<long?> ReadNumberAsync(string dn, string attribute, CancellationToken cancellationToken)
    {
        var entry = await writer.ReadAsync(dn, cancellationToken, attribute);
        var text = entry?.Attributes[attribute]?.GetValues(typeof(string)).Cast<string>().FirstOrDefault();
        return long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static Value Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
