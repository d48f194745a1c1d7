using System.Reflection;

namespace Hermes.Architecture.Tests.Api;

/// <summary>Types as C# writes them, without namespaces; reference types that may be null end in a question mark.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(char)] = "char",
        [typeof(short)] = "short",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(uint)] = "uint",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    public static string Of(ParameterInfo parameter) => Of(new NullabilityInfoContext().Create(parameter), parameter.Position >= 0);

    public static string Of(PropertyInfo property) => Of(new NullabilityInfoContext().Create(property), property.GetMethod is null);

    public static string Of(FieldInfo field) => Of(new NullabilityInfoContext().Create(field), false);

    public static string Of(Type type) =>
        Compose(type, type.GetGenericArguments().Select(Of).ToArray(), type.HasElementType ? Of(type.GetElementType()!) : "");

    /// <summary>The constraints of type parameters, as where clauses.</summary>
    public static string Constraints(Type[] arguments) =>
        string.Concat(arguments.Where(argument => argument.IsGenericParameter).Select(Clause));

    private static string Of(NullabilityInfo info, bool written)
    {
        var state = written ? info.WriteState : info.ReadState;
        var type = info.Type.IsByRef ? info.Type.GetElementType()! : info.Type;
        var arguments = info.Type.IsByRef
            ? type.GetGenericArguments().Select(Of)
            : info.GenericTypeArguments.Select(argument => Of(argument, written));
        var element = info.ElementType is null ? "" : Of(info.ElementType, written);
        var mayBeNull = state == NullabilityState.Nullable && !type.IsValueType && !type.IsGenericParameter;
        return Compose(type, [.. arguments], element) + (mayBeNull ? "?" : "");
    }

    private static string Compose(Type type, string[] arguments, string element)
    {
        if (type.IsByRef)
            return element;
        if (type.IsArray)
            return element + "[]";
        if (Keywords.TryGetValue(type, out var keyword))
            return keyword;
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return (arguments.Length == 1 ? arguments[0] : Of(underlying)) + "?";
        if (type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true)
            return $"({string.Join(", ", arguments)})";

        var name = type.Name.Split('`')[0];
        if (type is { IsNested: true, IsGenericParameter: false })
            name = $"{type.DeclaringType!.Name.Split('`')[0]}.{name}";
        return arguments.Length > 0 ? $"{name}<{string.Join(", ", arguments)}>" : name;
    }

    private static string Clause(Type argument)
    {
        var attributes = argument.GenericParameterAttributes;
        var constraints = new List<string>();
        if (attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint))
            constraints.Add("struct");
        if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
            constraints.Add("class");
        constraints.AddRange(argument.GetGenericParameterConstraints().Where(constraint => constraint != typeof(ValueType)).Select(Of));
        if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && constraints is not ["struct", ..])
            constraints.Add("new()");
        return constraints.Count > 0 ? $" where {argument.Name} : {string.Join(", ", constraints)}" : "";
    }
}
