using System.Reflection;
using System.Runtime.CompilerServices;

namespace Hermes.Architecture.Tests.Api;

/// <summary>
/// The members of a type that others can use, one line each. What the compiler adds to a record is left out, and so are overrides.
/// </summary>
internal static class ApiMembers
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Comparer<(string Name, string Line)> MemberOrder = Comparer<(string Name, string Line)>.Create((left, right) =>
        string.CompareOrdinal(left.Name, right.Name) is not 0 and var order ? order : string.CompareOrdinal(left.Line, right.Line));

    public static bool IsGenerated(MemberInfo member) =>
        member.IsDefined(typeof(CompilerGeneratedAttribute), false) || member.Name.Contains('<', StringComparison.Ordinal);

    public static IEnumerable<string> Of(Type type)
    {
        if (type.IsEnum)
            return type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(field => $"{field.Name} = {field.GetRawConstantValue()}");

        var properties = type.GetProperties(Declared).Where(property => property.GetAccessors(true).Any(accessor => IsNew(accessor, type)));
        return Lines(type.GetFields(Declared).Where(field => IsVisible(field.Attributes, type) && !IsGenerated(field)), Field)
            .Concat(Lines(type.GetConstructors(Declared).Where(constructor => IsVisible(constructor, type)), Constructor))
            .Concat(Lines(properties, Property))
            .Concat(Lines(type.GetEvents(Declared).Where(item => IsNew(item.AddMethod!, type)), Event))
            .Concat(Lines(type.GetMethods(Declared).Where(method => IsMethod(method) && IsNew(method, type)), Method));
    }

    /// <summary>A method's return type, name and parameters.</summary>
    public static string Signature(MethodInfo method, string name)
    {
        var arguments = method.IsGenericMethod ? method.GetGenericArguments() : [];
        var generic = arguments.Length > 0 ? $"<{string.Join(", ", arguments.Select(TypeNames.Of))}>" : "";
        return $"{TypeNames.Of(method.ReturnParameter)} {name}{generic}({Parameters(method)}){TypeNames.Constraints(arguments)}";
    }

    private static IEnumerable<string> Lines<TMember>(IEnumerable<TMember> members, Func<TMember, string> print)
        where TMember : MemberInfo =>
        members.Select(member => (member.Name, Line: print(member))).OrderBy(member => member, MemberOrder).Select(member => member.Line);

    private static bool IsMethod(MethodInfo method) =>
        !IsGenerated(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal));

    private static bool IsNew(MethodInfo method, Type type) =>
        IsVisible(method, type) && method.GetBaseDefinition() == method && method.Name != "get_EqualityContract";

    private static bool IsVisible(MethodBase method, Type type) =>
        method.IsPublic || (!type.IsSealed && (method.IsFamily || method.IsFamilyOrAssembly));

    private static bool IsVisible(FieldAttributes attributes, Type type) => (attributes & FieldAttributes.FieldAccessMask) switch
    {
        FieldAttributes.Public => true,
        FieldAttributes.Family or FieldAttributes.FamORAssem => !type.IsSealed,
        _ => false,
    };

    private static string Field(FieldInfo field)
    {
        var modifier = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        var value = field.IsLiteral ? " = " + Literal(field.GetRawConstantValue(), field.FieldType) : "";
        return $"{modifier}{TypeNames.Of(field)} {field.Name}{value}";
    }

    private static string Constructor(ConstructorInfo constructor) => $"{Modifiers(constructor)}new({Parameters(constructor)})";

    private static string Property(PropertyInfo property)
    {
        var accessor = property.GetAccessors(true).First(candidate => IsVisible(candidate, property.DeclaringType!));
        var required = property.IsDefined(typeof(RequiredMemberAttribute), false) ? "required " : "";
        var indices = property.GetIndexParameters();
        var name = indices.Length > 0 ? $"this[{string.Join(", ", indices.Select(Parameter))}]" : property.Name;
        var get = property.GetMethod is { } getter && IsVisible(getter, property.DeclaringType!) ? "get; " : "";
        var set = property.SetMethod is { } setter && IsVisible(setter, property.DeclaringType!) ? IsInit(setter) ? "init; " : "set; " : "";
        return $"{required}{Modifiers(accessor)}{TypeNames.Of(property)} {name} {{ {get}{set}}}";
    }

    private static bool IsInit(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string Event(EventInfo item) => $"{Modifiers(item.AddMethod!)}event {TypeNames.Of(item.EventHandlerType!)} {item.Name}";

    private static string Method(MethodInfo method) => Modifiers(method) + Signature(method, method.Name);

    private static string Modifiers(MethodBase method)
    {
        var access = method.IsPublic ? "" : "protected ";
        if (method.IsStatic)
            return access + (method.IsAbstract ? "static abstract " : "static ");
        if (method.DeclaringType!.IsInterface)
            return access + (method.IsAbstract ? "" : "default ");
        return access + (method.IsAbstract ? "abstract " : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "");
    }

    private static string Parameters(MethodBase method)
    {
        var parameters = string.Join(", ", method.GetParameters().Select(Parameter));
        return method.IsDefined(typeof(ExtensionAttribute), false) ? "this " + parameters : parameters;
    }

    private static string Parameter(ParameterInfo parameter)
    {
        var modifier = parameter switch
        {
            { ParameterType.IsByRef: true, IsOut: true } => "out ",
            { ParameterType.IsByRef: true, IsIn: true } => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute), false) => "params ",
            _ when parameter.IsDefined(typeof(ParamCollectionAttribute), false) => "params ",
            _ => "",
        };
        var value = parameter.HasDefaultValue ? " = " + Literal(parameter.RawDefaultValue, parameter.ParameterType) : "";
        return $"{modifier}{TypeNames.Of(parameter)} {parameter.Name}{value}";
    }

    private static string Literal(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        _ when type.IsEnum => $"{type.Name}.{Enum.ToObject(type, value)}",
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
