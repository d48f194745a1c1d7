namespace Hermes.Tool.Import;

/// <summary>Attributes that are called as parameters of commands of PowerShell, where ours bear the names of the schema.</summary>
internal sealed class DomainAttributes(ImportContext context, ImportedType type)
{
    private const string Login = "SamAccountName";

    // What New-ADUser, Set-ADUser, New-ADGroup and Set-ADGroup call them, and ldapDisplayName.
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["City"] = "l",
        ["Company"] = "company",
        ["Country"] = "c",
        ["Department"] = "department",
        ["Description"] = "description",
        ["DisplayName"] = "displayName",
        ["Division"] = "division",
        ["EmailAddress"] = "mail",
        ["EmployeeID"] = "employeeID",
        ["EmployeeNumber"] = "employeeNumber",
        ["Fax"] = "facsimileTelephoneNumber",
        ["GivenName"] = "givenName",
        ["HomeDirectory"] = "homeDirectory",
        ["HomeDrive"] = "homeDrive",
        ["HomePage"] = "wWWHomePage",
        ["HomePhone"] = "homePhone",
        ["LogonWorkstations"] = "userWorkstations",
        ["ManagedBy"] = "managedBy",
        ["Manager"] = "manager",
        ["MobilePhone"] = "mobile",
        ["Office"] = "physicalDeliveryOfficeName",
        ["OfficePhone"] = "telephoneNumber",
        ["Organization"] = "o",
        ["OtherName"] = "middleName",
        ["POBox"] = "postOfficeBox",
        ["PostalCode"] = "postalCode",
        ["ProfilePath"] = "profilePath",
        [Login] = "sAMAccountName",
        ["ScriptPath"] = "scriptPath",
        ["State"] = "st",
        ["StreetAddress"] = "streetAddress",
        ["Surname"] = "sn",
        ["Title"] = "title",
        ["UserPrincipalName"] = "userPrincipalName",
    };

    private static readonly Dictionary<string, string> Flags = new(StringComparer.OrdinalIgnoreCase)
    {
        ["AccountNotDelegated"] = "NOT_DELEGATED",
        ["AllowReversiblePasswordEncryption"] = "ENCRYPTED_TEXT_PWD_ALLOWED",
        ["PasswordNeverExpires"] = "DONT_EXPIRE_PASSWORD",
        ["PasswordNotRequired"] = "PASSWD_NOTREQD",
        ["SmartcardLogonRequired"] = "SMARTCARD_REQUIRED",
    };

    private static readonly string[] Without =
    [
        "AccountExpirationDate", "AuthenticationPolicy", "AuthenticationPolicySilo", "AuthType", "CannotChangePassword", "CompoundIdentitySupported", "KerberosEncryptionType",
    ];

    /// <summary>Takes what is a flag of the account out of the mapping.</summary>
    public void TakeFlags(ImportedSection account)
    {
        var flags = new List<string>();
        foreach (var (name, flag) in Flags)
        {
            var otherwise = $"Let an attribute list the flags of an account, such as {flag}, and name it as AccountFlagsAttribute.";
            if (Take(name) is { } text && IsConstant(name, text, otherwise, out var isSet) && isSet)
                flags.Add(flag);
        }

        if (Take("Enabled") is { } enabled && IsConstant("Enabled", enabled, "An account is disabled while its entry lies in the trashbin.", out var isEnabled) && !isEnabled)
            Note("Enabled", "Accounts are enabled, and disabled in the trashbin.", "To have them disabled, name ACCOUNTDISABLE among AccountFlags.");
        const string change = "ChangePasswordAtLogon";
        if (Take(change) is { } atLogon && IsConstant(change, atLogon, "MustChangePassword is the same for all new accounts.", out var mustChange) && mustChange)
            account.Set("MustChangePassword", "true");
        account.Set("AccountFlags", flags);
    }

    /// <summary>Takes what makes the kind of a group out of the mapping.</summary>
    public void TakeGroupKind(ImportedSection group)
    {
        var (category, scope) = (Take("GroupCategory"), Take("GroupScope"));
        if (category is null && scope is null)
            return;
        var what = category is null ? "Security" : context.Templates.ConstantOf(category) is [var oneCategory] ? oneCategory : null;
        var where = scope is null ? "Global" : context.Templates.ConstantOf(scope) is [var oneScope] ? oneScope : null;
        if (what is "Security" or "Distribution" && where is "Global" or "DomainLocal" or "Universal")
            group.Set("GroupKind", $"{where}{what}");
        else
            Note("GroupCategory", "The kind of a group differs from group to group.", "GroupKind is the same for all groups of a type: make a type of each kind.");
    }

    /// <summary>Writes how the attributes are called in the domain.</summary>
    public void WriteTo(ImportedSection section, string key)
    {
        foreach (var name in Without)
        {
            if (Take(name) is not null)
                Note(name, "There is no counterpart of this parameter.", "It is left out. What the schema has for it can be mapped under its own name.");
        }

        // The commands call an object as its login.
        if (type.Mapping.TryGetValue(Login, out var login))
            type.Mapping.TryAdd("cn", login);
        var rename = new ImportedSection();
        foreach (var name in type.Mapping.Keys.Where(name => Names.TryGetValue(name, out var ours) && ours != name))
            rename.Set(name, Names[name]);
        section.Set("Ignore", type.Mapping.ContainsKey(key) ? [key] : []).Set("Rename", rename);
    }

    private string? Take(string name) => type.Mapping.Remove(name, out var text) ? text : null;

    private bool IsConstant(string name, string text, string otherwise, out bool isSet)
    {
        isSet = context.Templates.ConstantOf(text) is [var value] && value.Equals("true", StringComparison.OrdinalIgnoreCase);
        if (context.Templates.ConstantOf(text) is not null)
            return true;
        Note(name, "It differs from account to account.", otherwise);
        return false;
    }

    private void Note(string name, string problem, string fix) => type.Section.Section("attrsmapping").Note(name, problem, fix);
}
