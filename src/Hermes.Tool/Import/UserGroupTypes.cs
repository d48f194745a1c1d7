namespace Hermes.Tool.Import;

/// <summary>The four data types that the clients of the original program know by their names.</summary>
internal static class UserGroupTypes
{
    public const string Users = "Users";
    public const string Groups = "Groups";
    public const string UserPasswords = "UserPasswords";
    public const string GroupsMembers = "GroupsMembers";
    public const string UserKey = "user_pkey";
    public const string GroupKey = "group_pkey";

    /// <summary>Finds a type.</summary>
    public static ImportedType? Named(this IEnumerable<ImportedType> types, string name) => types.FirstOrDefault(type => type.Name == name);

    /// <summary>Leaves out what a target of ours cannot have: passwords as a type of their own, and types that the original client does not know.</summary>
    public static void LeaveOutOthers(IEnumerable<ImportedType> types)
    {
        foreach (var type in types)
        {
            if (type.Name == UserPasswords)
            {
                type.LeaveOut(
                    "A target of ours takes passwords with their users, not as a type of their own.",
                    "Let the server read the passwords into the type of the users, from a source with KeyMergeConstraint: MustAlreadyExist and as SecretAttributes; "
                    + "map the attribute in Users, and name it as PasswordAttribute.");
            }
            else if (type.Name is not (Users or Groups or GroupsMembers))
            {
                type.LeaveOut("The original client does nothing with this type.", "It is left out. A target of ours can have further types under Entries.");
            }
        }
    }

    /// <summary>Memberships as values of groups; empty if there are none.</summary>
    public static ImportedSection Memberships(IEnumerable<ImportedType> types, string? ldapAttribute)
    {
        var memberships = new ImportedSection();
        if (types.Named(GroupsMembers) is not null)
        {
            memberships.Set(GroupsMembers, new ImportedSection()
                .Set("Group", GroupKey).Set("Member", UserKey).Set("GroupType", Groups).Set("MemberType", Users).Set("LdapAttribute", ldapAttribute));
        }

        return memberships;
    }
}
