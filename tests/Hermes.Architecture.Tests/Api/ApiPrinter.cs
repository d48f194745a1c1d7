using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Hermes.Architecture.Tests.Api;

/// <summary>Writes what a package offers to others as text close to C#, in an order that does not depend on the compiler.</summary>
internal static class ApiPrinter
{
    public static string Print(IEnumerable<Type> offered)
    {
        var text = new StringBuilder();
        var types = offered.Where(type => !ApiMembers.IsGenerated(type));
        foreach (var space in types.GroupBy(type => type.Namespace ?? "").OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.Append("namespace ").Append(space.Key).Append(";\n\n");
            foreach (var type in space.OrderBy(TypeNames.Of, StringComparer.Ordinal))
                Append(text, type);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, Type type)
    {
        text.Append(Declaration(type)).Append('\n');
        if (!typeof(Delegate).IsAssignableFrom(type))
        {
            foreach (var member in ApiMembers.Of(type))
                text.Append("    ").Append(member).Append('\n');
        }

        text.Append('\n');
    }

    private static string Declaration(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
            return $"delegate {ApiMembers.Signature(type.GetMethod("Invoke")!, TypeNames.Of(type))}";

        var declaration = $"{Kind(type)} {TypeNames.Of(type)}";
        if (type.IsEnum)
            return $"{declaration} : {TypeNames.Of(type.GetEnumUnderlyingType())}";

        var parents = string.Join(", ", Parents(type));
        return declaration + (parents.Length > 0 ? $" : {parents}" : "") + TypeNames.Constraints(type.GetGenericArguments());
    }

    private static string Kind(Type type)
    {
        if (type.IsEnum)
            return "enum";
        if (type.IsInterface)
            return "interface";
        if (type.IsValueType)
            return (type.IsDefined(typeof(IsReadOnlyAttribute), false) ? "readonly " : "") + (IsRecord(type) ? "record struct" : "struct");

        var kind = IsRecord(type) ? "record" : "class";
        return (type.IsAbstract, type.IsSealed) switch
        {
            (true, true) => $"static {kind}",
            (true, false) => $"abstract {kind}",
            (false, true) => $"sealed {kind}",
            _ => kind,
        };
    }

    private static bool IsRecord(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) is not null;

    private static IEnumerable<string> Parents(Type type)
    {
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
            yield return TypeNames.Of(parent);

        var all = type.GetInterfaces();
        var implied = all.SelectMany(face => face.GetInterfaces()).Concat(type.BaseType?.GetInterfaces() ?? []).ToHashSet();
        if (IsRecord(type))
            implied.Add(typeof(IEquatable<>).MakeGenericType(type));
        var own = all.Where(face => face.IsVisible && !implied.Contains(face));
        foreach (var name in own.Select(TypeNames.Of).Order(StringComparer.Ordinal))
            yield return name;
    }
}
