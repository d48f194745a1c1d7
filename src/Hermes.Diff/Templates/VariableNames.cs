namespace Hermes.Diff.Templates;

/// <summary>Reads the names of variables such as <c>Users</c> and <c>Users_pkeys</c>.</summary>
internal static class VariableNames
{
    /// <summary>The type or source that a variable belongs to: one of <paramref name="names"/>, or else the variable itself.</summary>
    public static string Owner(string variable, IEnumerable<string> names)
    {
        if (!variable.EndsWith(TemplateVariables.KeysSuffix, StringComparison.Ordinal) || names.Contains(variable))
            return variable;
        var owner = variable[..^TemplateVariables.KeysSuffix.Length];
        return names.Contains(owner) ? owner : variable;
    }

    /// <summary>Whether the variable means the keys of its owner, not the entries.</summary>
    public static bool MeansKeys(string variable, string owner) => variable.Length > owner.Length;
}
