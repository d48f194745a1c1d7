using Hermes.Tool.Configuration;

namespace Hermes.Tool.Import;

/// <summary>The client of LDAP directories.</summary>
internal sealed class DirectoryImport(ImportContext context, PythonSection plugin, List<ImportedType> types)
{
    private const string ObjectClass = "objectClass";
    private const string Password = "userPassword";

    private string MemberAttribute => plugin.Text("groupMemberAttribute") ?? "member";

    /// <summary>Reads the target.</summary>
    public ImportedSection Read()
    {
        UserGroupTypes.LeaveOutOthers(types);
        var target = LdapConnectionImport.Read(context, "ldap-target", plugin, new ImportedSection().Set("Kind", "Ldap"));
        plugin.Without("Each type has its own Base.", "basedn");
        if (plugin.Flag("propagateUserDNChangeOnGroupMember") == false)
            target.Set("CorrectReferences", "false");
        return target
            .Set("Entries", new ImportedSection()
                .Set(UserGroupTypes.Users, Entries(UserGroupTypes.Users, "users_ou"))
                .Set(UserGroupTypes.Groups, Entries(UserGroupTypes.Groups, "groups_ou")))
            .Set("Memberships", UserGroupTypes.Memberships(types, MemberAttribute == "member" ? null : MemberAttribute));
    }

    private ImportedSection Entries(string name, string container)
    {
        var (names, ignored, defaults) = (plugin.Section("dnAttributes"), plugin.Section("attributesToIgnore"), plugin.Section("defaultValues"));
        _ = (names.Text(UserGroupTypes.UserPasswords), ignored.Node(UserGroupTypes.UserPasswords), defaults.Node(UserGroupTypes.UserPasswords));
        var (@base, dnAttribute, unwritten, groupClass) = (plugin.Text(container), names.Text(name), ignored.Texts(name), plugin.Text("groupsObjectclass"));
        if (types.Named(name) is not { } type)
        {
            _ = defaults.Node(name);
            return new ImportedSection();
        }

        var values = defaults.Section(name);
        var isGroup = name == UserGroupTypes.Groups;
        var section = new ImportedSection().Set("Base", @base).Set("DnAttribute", dnAttribute)
            .Set("ObjectClasses", Classes(type, values, isGroup ? groupClass ?? "groupOfNames" : "inetOrgPerson"))
            .Set("Ignore", unwritten)
            .Set("PasswordAttribute", type.Mapping.ContainsKey(Password) ? Password : null);
        return Defaults(values, isGroup, section);
    }

    // Ours are the same for all entries of a type; theirs are an attribute like any other.
    private IReadOnlyList<string> Classes(ImportedType type, PythonSection defaults, string usual)
    {
        var mapped = type.Mapping.GetValueOrDefault(ObjectClass);
        if ((context.Templates.ConstantOf(mapped) ?? defaults.Texts(ObjectClass)) is { Count: > 0 } constant)
        {
            type.Mapping.Remove(ObjectClass);
            return constant;
        }

        type.Section.Note(
            "", mapped is null ? "Nothing says which object classes the entries have." : "The object classes differ from entry to entry.",
            $"ObjectClasses is set to {usual} for all of them: change it to what they have.");
        type.Mapping.Remove(ObjectClass);
        return [usual];
    }

    private ImportedSection Defaults(PythonSection values, bool isGroup, ImportedSection section)
    {
        var defaults = new ImportedSection();
        foreach (var attribute in values.Names.Where(name => !name.Equals(ObjectClass, StringComparison.OrdinalIgnoreCase)))
        {
            if (isGroup && attribute == MemberAttribute && values.Node(attribute) is TextNode { Text: null or "" })
            {
                values.Note(attribute, "The empty text is no member.", "EmptyMember is set to cn=nobody, which a group has while it has no other member: change it as you like.");
                section.Set("EmptyMember", "cn=nobody").Set("MembersLdapAttribute", MemberAttribute == "member" ? null : MemberAttribute);
            }
            else if (values.Node(attribute) is ListNode)
            {
                defaults.Set(attribute, values.Texts(attribute));
            }
            else
            {
                defaults.Set(attribute, values.Text(attribute));
            }
        }

        return section.Set("Defaults", defaults);
    }
}
