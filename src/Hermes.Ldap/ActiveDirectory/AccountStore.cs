using System.Globalization;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Ldap.Directories;
using Hermes.Ldap.Syntax;
using Microsoft.Extensions.Logging;

namespace Hermes.Ldap.ActiveDirectory;

/// <summary>The user accounts of one data type.</summary>
internal sealed class AccountStore(
    AccountOptions options, EntryLayout layout, EntryStore entries, DirectoryWriter writer, UnicodePassword passwords, ILogger logger)
{
    private const string Control = "userAccountControl";
    private const string PasswordSet = "pwdLastSet";

    private readonly int _flags = AccountFlags.Parse(options.AccountFlags);

    /// <summary>Renames, modifies and deletes, which accounts have in common with other entries.</summary>
    public EntryStore Entries { get; } = entries;

    /// <summary>Names and attributes of the accounts.</summary>
    public EntryLayout Layout { get; } = layout;

    /// <summary>
    /// Makes an account: disabled at first, since the domain refuses an enabled one without a password; then the password; then enabled. An account that
    /// exists is brought to the wanted content and keeps its password, unless the entry has one.
    /// </summary>
    public async Task PutAsync(Entry entry, TargetContext context, CancellationToken cancellationToken)
    {
        var dn = Layout.DnOf(entry);
        await context.StepAsync("create-account", async token => await CreateAsync(dn, entry, token), cancellationToken);
        await context.StepAsync("set-password", async token => await SetPasswordAsync(dn, Layout.PasswordOf(entry), token), cancellationToken);
        await context.StepAsync("enable-account", async token => await SetFlagsAsync(dn, WantedFlags(entry), token), cancellationToken);
        if (options.MandatoryGroups.Count > 0)
            await context.StepAsync("join-mandatory-groups", async token => await JoinMandatoryGroupsAsync(dn, token), cancellationToken);
    }

    /// <summary>Renames and modifies an account, and sets its flags and its password if they changed.</summary>
    public async Task ChangeAsync(EntryModified change, TargetContext context, CancellationToken cancellationToken)
    {
        await Entries.ChangeAsync(change, context, cancellationToken);
        var wanted = WantedFlags(change.Entry);
        if (wanted != WantedFlags(change.Previous))
            await context.StepAsync("set-flags", async token => await SetFlagsAsync(Layout.DnOf(change.Entry), wanted, token), cancellationToken);
    }

    /// <summary>Disables an account; one that is gone needs no disabling.</summary>
    public async Task DisableAsync(string dn, TargetContext context, CancellationToken cancellationToken) =>
        await context.StepAsync("disable-account", async token =>
        {
            if (await ReadNumberAsync(dn, Control, token) is { } current)
                await WriteFlagsAsync(dn, current, (int)current | AccountFlags.Disabled, token);
        }, cancellationToken);

    private async Task CreateAsync(string dn, Entry entry, CancellationToken cancellationToken)
    {
        var image = Layout.ImageOf(entry);
        image[Control] = [Text(AccountFlags.NormalAccount | AccountFlags.Disabled)];
        if (await writer.TryAddAsync(dn, image, cancellationToken))
            return;
        image[Control] = ValueList.Empty;
        await writer.ModifyAsync(dn, EntryDifference.Towards(image, Layout.Managed, Layout.Naming), cancellationToken);
        Log.EntryAdopted(logger, dn);
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

    private async Task SetFlagsAsync(string dn, int wanted, CancellationToken cancellationToken)
    {
        var managed = AccountFlags.Disabled | _flags | (options.AccountFlagsAttribute is null ? 0 : AccountFlags.All);
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
