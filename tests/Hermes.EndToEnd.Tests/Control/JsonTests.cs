using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.Comparison;
using Hermes.ClientRuntime.Control;
using Hermes.ClientRuntime.State;
using Hermes.Runtime.Control;
using Hermes.Runtime.Lists;
using Hermes.ServerRuntime.Control;

namespace Hermes.EndToEnd.Tests.Control;

/// <summary>Everything that the control surfaces tell is JSON as it is, and reads well.</summary>
public sealed class JsonTests
{
    private static readonly Type[] Surfaces =
        [typeof(IHermesClientControl), typeof(IHermesServerControl), typeof(IClientComparisons), typeof(IClientLinks), typeof(IOperations)];

    public static TheoryData<Type> Told() => [.. Reachable()];

    [Fact]
    public void The_records_are_found() => Reachable().Should().Contain(
    [
        typeof(ClientStatus), typeof(ServerStatus), typeof(QueuedEventInfo), typeof(StoredEntry),
        typeof(Finding), typeof(OperationStatus), typeof(PreviewedChange), typeof(DecidedBy),
    ]);

    [Theory]
    [MemberData(nameof(Told))]
    public void What_is_told_is_plain_json_with_its_lists_and_reads_well(Type type)
    {
        var told = Sample(type)!;

        using var json = JsonDocument.Parse(JsonSerializer.Serialize(told, type));

        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsInJson))
        {
            var written = json.RootElement.GetProperty(property.Name);
            if (Nullable.GetUnderlyingType(property.PropertyType) is { IsEnum: true } || property.PropertyType.IsEnum)
                written.ValueKind.Should().Be(JsonValueKind.String, property.Name);
            else if (property.GetValue(told) is IEnumerable and not string and not Entry && !IsMap(property.PropertyType))
                written.GetArrayLength().Should().BePositive($"{property.Name} has something in it");
        }

        told.ToString().Should().NotContainAny("`1", "System.", "Hermes.");
    }

    [Fact]
    public void Values_are_plain_and_keys_are_as_in_events()
    {
        var entry = new ServerEntry(
            "Users",
            EntryKey.Of(7, "a"),
            "<7>",
            Entry.Of(("n", 1), ("b", new byte[] { 1 }), ("l", ValueList.Create(["x", "y"])), ("t", new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc))));

        JsonSerializer.Serialize(entry).Should().Be(
            """{"Type":"Users","Key":[7,"a"],"Display":"\u003C7\u003E","Attributes":{"b":"AQ==","l":["x","y"],"n":1,"t":"2026-03-01T00:00:00"}}""");
        JsonSerializer.Serialize(new BusOffset(42)).Should().Be("42");
        JsonSerializer.Deserialize<EntryKey>("[7,\"a\"]").Should().Be(entry.Key);
        JsonSerializer.Deserialize<Entry>("""{"n":1,"l":["x","y"]}""").Should().BeEquivalentTo(Entry.Of(("n", 1), ("l", ValueList.Create(["x", "y"]))));
        FluentActions.Invoking(() => JsonSerializer.Deserialize<EntryKey>("[]")).Should().Throw<JsonException>();
    }

    [Fact]
    public void A_message_that_was_set_aside_does_not_tell_its_body() =>
        JsonSerializer.Serialize(new DeadLetter(new BusOffset(1), default, "no event", new byte[] { 1, 2, 3 })).Should().NotContain("Body");

    private static bool IsInJson(PropertyInfo property) =>
        property.GetCustomAttribute<JsonIgnoreAttribute>() is null && property.GetIndexParameters().Length == 0;

    private static bool IsMap(Type type) => type.GetInterfaces().Append(type).Any(
        known => known.IsGenericType && known.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>));

    private static IEnumerable<Type> Reachable()
    {
        var (found, left) = (new HashSet<Type>(), new Queue<Type>(Surfaces));
        while (left.TryDequeue(out var type))
        {
            var isSurface = type.IsInterface;
            var told = isSurface
                ? type.GetMethods().Select(method => method.ReturnType)
                : type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsInJson).Select(property => property.PropertyType);
            foreach (var next in told.SelectMany(Records))
            {
                if (found.Add(next))
                    left.Enqueue(next);
            }
        }

        return found.OrderBy(type => type.Name, StringComparer.Ordinal);
    }

    // What a type is made of: of Task<Page<T>>, the page and T.
    private static IEnumerable<Type> Records(Type type)
    {
        foreach (var part in type.IsGenericType ? type.GetGenericArguments().SelectMany(Records) : type.HasElementType ? Records(type.GetElementType()!) : [])
            yield return part;
        if (type.GetCustomAttribute<JsonConverterAttribute>() is not null)
            yield break;
        if (type == typeof(Operation))
            yield return typeof(OperationStatus);
        else if (type.Namespace?.StartsWith("Hermes.", StringComparison.Ordinal) == true && type.GetMethod("<Clone>$") is not null)
            yield return type;
        else if (type is { IsValueType: true, IsEnum: false }
            && type.Assembly != typeof(object).Assembly
            && type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance) is not null)
            yield return type;
    }

    // One of a type, with something in every list.
    private static object? Sample(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Sample(underlying);
        if (type == typeof(string))
            return "text";
        if (type == typeof(Value))
            return (Value)"text";
        if (type == typeof(EntryKey))
            return EntryKey.Of("u1");
        if (type == typeof(Entry))
            return Entry.Of(("login", "ada"));
        if (type == typeof(ReadOnlyMemory<byte>))
            return (ReadOnlyMemory<byte>)new byte[] { 1 };
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(1);
        if (type.IsGenericType && type.GetGenericArguments() is [var item] && type.GetGenericTypeDefinition() != typeof(Page<>))
            return ListOf(type, item);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableSortedDictionary<,>))
            return ImmutableSortedDictionary.CreateRange([KeyValuePair.Create(FindingKind.Missing, 3L)]);
        if (type.IsPrimitive || type.Assembly == typeof(object).Assembly)
            return Activator.CreateInstance(type);
        return RecordOf(type);
    }

    private static object ListOf(Type type, Type item)
    {
        var items = Array.CreateInstance(item, 1);
        items.SetValue(Sample(item), 0);
        return type.IsAssignableFrom(items.GetType())
            ? items
            : typeof(ImmutableArray).GetMethods()
                .First(method => method.Name == nameof(ImmutableArray.Create) && method.GetParameters() is [{ ParameterType.IsArray: true }])
                .MakeGenericMethod(item)
                .Invoke(null, [items])!;
    }

    private static object RecordOf(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(candidate => candidate.GetParameters().Length).FirstOrDefault();
        var made = constructor is null
            ? Activator.CreateInstance(type)!
            : constructor.Invoke([.. constructor.GetParameters().Select(parameter => Sample(parameter.ParameterType))]);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is { IsPublic: true } && IsInJson(property)))
            property.SetValue(made, Sample(property.PropertyType));
        return made;
    }
}
