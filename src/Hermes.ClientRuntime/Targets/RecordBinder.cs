using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using TargetException = Hermes.Abstractions.Targets.TargetException;

namespace Hermes.ClientRuntime.Targets;

/// <summary>
/// Makes records of entries. The record has one public constructor; its parameters, and the settable properties that are no parameters,
/// are attributes of the data type, by name without regard to case, hyphens and underscores.
/// </summary>
internal sealed class RecordBinder<
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicProperties)] TRecord>
    where TRecord : class
{
    private readonly ConstructorInfo _constructor;
    private readonly List<Binding> _parameters = [];
    private readonly List<(PropertyInfo Property, Binding Binding)> _properties = [];

    private RecordBinder(ConstructorInfo constructor) => _constructor = constructor;

    /// <summary>Binds a record to a data type; null and the reasons if it cannot be done.</summary>
    public static RecordBinder<TRecord>? Create(TargetType type, string path, out IReadOnlyList<ConfigurationError> errors)
    {
        var found = new List<ConfigurationError>();
        errors = found;
        if (typeof(TRecord).GetConstructors() is not [var constructor])
        {
            found.Add(new(path, $"The record {typeof(TRecord).Name} must have exactly one public constructor.", "Write it as 'record Name(string Attribute, ...)'."));
            return null;
        }

        var binder = new RecordBinder<TRecord>(constructor);
        var nullability = new NullabilityInfoContext();
        foreach (var parameter in constructor.GetParameters())
        {
            var isOptional = nullability.Create(parameter).WriteState == NullabilityState.Nullable;
            if (Bind(type, path, parameter.Name!, parameter.ParameterType, isOptional, found) is { } binding)
                binder._parameters.Add(binding);
        }

        var parameters = constructor.GetParameters().Select(parameter => parameter.Name!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var property in typeof(TRecord).GetProperties().Where(property => property.SetMethod is { IsPublic: true } && !parameters.Contains(property.Name)))
        {
            var isOptional = nullability.Create(property).WriteState == NullabilityState.Nullable;
            if (Bind(type, path, property.Name, property.PropertyType, isOptional, found) is { } binding)
                binder._properties.Add((property, binding));
        }

        return found.Count == 0 ? binder : null;
    }

    /// <summary>Makes a record of an entry.</summary>
    /// <exception cref="TargetException">An attribute that the record requires is not set, or has a value of another type.</exception>
    public TRecord Read(Entry entry)
    {
        var record = (TRecord)_constructor.Invoke([.. _parameters.Select(binding => binding.Read(entry))]);
        foreach (var (property, binding) in _properties)
            property.SetValue(record, binding.Read(entry));
        return record;
    }

    private static Binding? Bind(TargetType type, string path, string name, Type clrType, bool isNullable, List<ConfigurationError> errors)
    {
        var attribute = type.Attributes.FirstOrDefault(attribute => string.Equals(Simple(attribute), Simple(name), StringComparison.OrdinalIgnoreCase));
        if (attribute is null)
        {
            errors.Add(new(
                $"{path}:Mapping",
                $"'{name}' of the record {typeof(TRecord).Name} is no attribute of '{type.Name}'.",
                $"Map an attribute of this name, or rename it to one of: {string.Join(", ", type.Attributes)}."));
            return null;
        }

        var underlying = Nullable.GetUnderlyingType(clrType);
        if (ClrValue.ReaderFor(underlying ?? clrType) is not { } reader)
        {
            errors.Add(new(
                $"{path}:Mapping:{attribute}",
                $"'{name}' of the record {typeof(TRecord).Name} has the type {clrType.Name}, which no value can be read as.",
                $"Use one of: {ClrValue.Known}."));
            return null;
        }

        return new Binding(attribute, typeof(TRecord).Name, reader, underlying is not null || (isNullable && !clrType.IsValueType));
    }

    private static string Simple(string name) => name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);

    private sealed record Binding(string Attribute, string Record, ClrValue.Reader Reader, bool IsOptional)
    {
        public object? Read(Entry entry)
        {
            if (!entry.TryGetValue(Attribute, out var value))
            {
                return IsOptional
                    ? null
                    : throw new TargetException(
                        $"The attribute '{Attribute}' is not set, but {Record} requires it. Make it nullable there, or give it a default in the mapping.",
                        Abstractions.FaultKind.Permanent);
            }

            return Reader(value, out var result)
                ? result
                : throw new TargetException(
                    $"The attribute '{Attribute}' is of kind {value.Kind}, which {Record} cannot hold. Change the type there, or convert it in the mapping.",
                    Abstractions.FaultKind.Permanent);
        }
    }
}
