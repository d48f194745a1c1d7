using Hermes.Abstractions.Data;
using Hermes.Testing.Sources;

namespace Hermes.Http.Tests.Kills;

/// <summary>A campus that lives: people come, go, come back, are renamed and hand their logins on; groups change their members. It is the source of a server.</summary>
internal sealed class Campus
{
    private readonly Random _random;
    private readonly InMemoryTable _userRows;
    private readonly InMemoryTable _groupRows;
    private readonly InMemoryTable _memberRows;
    private int _lastId;

    public Campus(int seed, int people, int groups)
    {
        _random = new Random(seed);
        _userRows = Source.Table("users", "id", "login", "given", "mail");
        _groupRows = Source.Table("groups", "id", "name");
        _memberRows = Source.Table("members", "group", "user");
        for (var i = 0; i < people; i++)
            Come($"login{++_lastId}");
        for (var i = 0; i < groups; i++)
            Groups[$"g{++_lastId}"] = $"Group {_lastId}";
        foreach (var group in Groups.Keys)
        {
            for (var i = 0; i < people / 10; i++)
                Members.Add((group, One(People.Keys)));
        }

        Publish();
    }

    public InMemorySource Source { get; } = new();

    public Dictionary<string, Person> People { get; } = new(StringComparer.Ordinal);

    /// <summary>Who was there once.</summary>
    public Dictionary<string, Person> Left { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Groups { get; } = new(StringComparer.Ordinal);

    public HashSet<(string Group, string User)> Members { get; } = [];

    /// <summary>Lets a day pass.</summary>
    public void Live()
    {
        foreach (var id in Some(People.Keys, 4))
        {
            (Left[id], _) = (People[id], People.Remove(id));
            Members.RemoveWhere(member => member.User == id);

            // A login is handed on to a newcomer in the same moment.
            Come(_random.Next(2) == 0 ? Left[id].Login : $"login{++_lastId}");
        }

        foreach (var id in Some(Left.Keys, 5).Where(id => !IsTaken(Left[id].Login)))
            (People[id], _) = (Left[id], Left.Remove(id));
        foreach (var id in Some(People.Keys, 6))
            People[id] = People[id] with { Given = $"Given {++_lastId}", Mail = $"m{_lastId}@campus.example" };
        string[] two = Some(People.Keys, 2);
        (People[two[0]], People[two[1]]) = (People[two[0]] with { Login = People[two[1]].Login }, People[two[1]] with { Login = People[two[0]].Login });
        var group = One(Groups.Keys);
        Groups[group] = $"Group {++_lastId}";
        foreach (var member in Some(Members, Members.Count / 20))
            Members.Remove(member);
        for (var i = 0; i < 20; i++)
            Members.Add((One(Groups.Keys), One(People.Keys)));
        var gone = One(Groups.Keys);
        Groups.Remove(gone);
        Members.RemoveWhere(member => member.Group == gone);
        Groups[$"g{++_lastId}"] = $"Group {_lastId}";
        for (var i = 0; i < 10; i++)
            Members.Add(($"g{_lastId}", One(People.Keys)));
        Publish();
    }

    /// <summary>Some of the people, for what somebody does by hand.</summary>
    public string[] SomePeople(int count) => Some(People.Keys, count);

    public int Next(int most) => _random.Next(1, most + 1);

    private bool IsTaken(string login) => People.Values.Any(person => person.Login == login);

    private void Come(string login) => People[$"{++_lastId}"] = new Person(login, $"Given {_lastId}", $"m{_lastId}@campus.example");

    private void Publish()
    {
        _userRows.Replace(People.Select(person => new Value[] { person.Key, person.Value.Login, person.Value.Given, person.Value.Mail }));
        _groupRows.Replace(Groups.Select(group => new Value[] { group.Key, group.Value }));
        _memberRows.Replace(Members.Select(member => new Value[] { member.Group, member.User }));
    }

    private string One(IEnumerable<string> of) => Some(of, 1)[0];

    private T[] Some<T>(IEnumerable<T> of, int count)
    {
        T[] all = [.. of.Order()];
        _random.Shuffle(all);
        return all[..Math.Min(count, all.Length)];
    }

    internal sealed record Person(string Login, string Given, string Mail);
}
