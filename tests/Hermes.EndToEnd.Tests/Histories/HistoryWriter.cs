namespace Hermes.EndToEnd.Tests.Histories;

/// <summary>
/// Draws histories. Each has much of some things and nothing of others: what hardly ever meets in a mixture of everything meets in some of them.
/// </summary>
internal static class HistoryWriter
{
    private static readonly (int Weight, Func<Random, Cast, HistoryStep> Draw)[] Kinds =
    [
        (8, Edit),
        (4, (_, _) => new("the server polls", run => run.PollAsync())),
        (2, (random, _) => Failure(random)),
        (1, (_, _) => HistoryStep.Of("the handlers work again", run => run.Faults.Heal())),
        (1, (random, _) => Retry(random)),
        (2, (random, _) => Later(random)),
        (1, (random, _) => Restart(random)),
        (2, (random, _) => Crash(random)),
        (1, (random, _) => StartOver(random)),
    ];

    private static readonly string[] Names = ["Ada", "Bob", "Cleo", "Dan"];
    private static readonly string[] Types = ["Users", "Accounts", "Groups", "Members", "Rooms"];

    public static History Write(int seed)
    {
        var random = new Random(seed);
        var settings = HistorySettings.Draw(random);
        var refusesDuplicates = random.Next(3) > 0;
        var beginning = random.Next(2) == 0 ? Populated() : [];
        var draw = Mixture(random);
        return new History(seed, settings, refusesDuplicates, [.. beginning, .. Enumerable.Range(0, random.Next(6, 24)).Select(_ => draw(random))]);
    }

    private static HistoryStep[] Populated() =>
    [
        HistoryStep.Of("three users and two groups of them are there", run =>
        {
            foreach (var (user, name) in new[] { ("1", "Ada"), ("2", "Bob"), ("3", "Cleo") })
                run.Source.Users[user] = (name, name, null);
            foreach (var (user, group) in new[] { ("1", "g"), ("2", "g"), ("2", "h"), ("3", "h") })
            {
                run.Source.Groups[group] = "Dan";
                run.Source.Members[(user, group)] = null;
            }
        }),
        new("the server polls", run => run.PollAsync()),
    ];

    private static Func<Random, HistoryStep> Mixture(Random random)
    {
        var cast = new Cast(random.Next(1, 4), random.Next(1, 3), random.Next(2) == 0);
        var weights = Kinds.Select((kind, index) => kind.Weight * random.Next(4) switch { 0 => index < 2 ? 1 : 0, 3 => 4, _ => 1 }).ToArray();
        return draws =>
        {
            var left = draws.Next(weights.Sum());
            var kind = 0;
            while (left >= weights[kind])
                left -= weights[kind++];
            return Kinds[kind].Draw(draws, cast);
        };
    }

    private static HistoryStep Edit(Random random, Cast cast)
    {
        var (user, group) = (random.Next(1, cast.Users + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), random.Next(cast.Groups) == 0 ? "g" : "h");
        var (first, last, mail) = (Names[random.Next(4)], Names[random.Next(4)], random.Next(2) == 0 ? $"m{random.Next(3)}@x" : null);
        return random.Next(cast.HasRooms ? 12 : 8) switch
        {
            0 => HistoryStep.Of($"user {user} is {first} {last} ({mail ?? "no mail"})", run => run.Source.Users[user] = (first, last, mail)),
            1 or 2 => HistoryStep.Of($"user {user} leaves", run => run.Source.Users.Remove(user)),
            3 => HistoryStep.Of($"group {group} is called {last}", run => run.Source.Groups[group] = last),
            4 => HistoryStep.Of($"group {group} is dissolved", run => run.Source.Groups.Remove(group)),
            5 => HistoryStep.Of($"user {user} is in group {group} ({mail ?? "no role"})", run => run.Source.Members[(user, group)] = mail),
            6 => HistoryStep.Of($"user {user} leaves group {group}", run => run.Source.Members.Remove((user, group))),
            7 => HistoryStep.Of($"user {user} moves to the other group than {group}", run =>
            {
                if (run.Source.Members.Remove((user, group), out var role))
                    run.Source.Members[(user, group == "g" ? "h" : "g")] = role;
            }),
            _ => EditRoom(random),
        };
    }

    private static HistoryStep EditRoom(Random random)
    {
        var (building, number) = (random.Next(2) == 0 ? "A" : "B", random.Next(1, 3).ToString(System.Globalization.CultureInfo.InvariantCulture));
        var (use, pin) = (Names[random.Next(4)], random.Next(4) == 0 ? null : SecretWatch.Pin(random.Next(4)));
        return random.Next(5) switch
        {
            0 => HistoryStep.Of($"room {building}{number} is pulled down", run => run.Source.Rooms.Remove((building, number))),
            1 => HistoryStep.Of($"room {building}{number} has {pin ?? "no pin"}", run =>
            {
                if (run.Source.Rooms.TryGetValue((building, number), out var room))
                    run.Source.Rooms[(building, number)] = (room.Use, pin);
            }),
            _ => HistoryStep.Of($"room {building}{number} is for {use}, with {pin ?? "no pin"}", run => run.Source.Rooms[(building, number)] = (use, pin)),
        };
    }

    private static HistoryStep Failure(Random random)
    {
        var step = WatchedTarget.Steps[random.Next(3)];
        var which = random.Next(6);
        if (which < 2)
            return HistoryStep.Of($"all handlers fail at '{step}'", run => run.Faults.FailAll(step));
        if (which == 2)
        {
            var value = random.Next(3) == 0 ? random.Next(2) == 0 ? "g" : "h" : Names[random.Next(4)];
            return HistoryStep.Of($"templates fail on '{value}'", run => run.Faults.FailConversion(value));
        }

        if (which == 3)
        {
            var type = Types[random.Next(Types.Length)];
            return HistoryStep.Of($"handlers of {type} fail at '{step}'", run => run.Faults.FailType(type, step));
        }

        if (which == 4)
        {
            var refused = Names[random.Next(4)];
            return HistoryStep.Of($"the target refuses '{refused}'", run => run.Faults.Refuse(refused));
        }

        string[] keys = ["1", "2", "3", "g", "h", "(1, g)", "(2, h)", "(3, g)", "A1", "B2"];
        var key = keys[random.Next(keys.Length)];
        return HistoryStep.Of($"handlers of {key} fail at '{step}'", run => run.Faults.FailKey(key, step));
    }

    private static HistoryStep Retry(Random random)
    {
        var place = random.Next(5);
        return random.Next(8) switch
        {
            0 => new($"an event of the queue is discarded ({place})", run => run.DiscardAsync(place)),
            < 3 => new("the first event of the queue is retried", run => run.RetryFirstAsync()),
            _ => new("the queue is retried", run => run.RetryAsync()),
        };
    }

    private static HistoryStep Later(Random random)
    {
        var by = random.Next(5) switch
        {
            0 => TimeSpan.FromMinutes(1),
            1 => TimeSpan.FromMinutes(61),
            2 or 3 => TimeSpan.FromHours(4),
            _ => TimeSpan.FromDays(31),
        };
        return new($"{by} later", run => run.AdvanceAsync(by));
    }

    private static HistoryStep Restart(Random random)
    {
        var settings = random.Next(2) == 0 ? HistorySettings.Draw(random) : null;
        var server = ServerSettings.Draw(random);
        return random.Next(3) switch
        {
            0 => new($"the server restarts with {server}", run => run.RestartServerAsync(server)),
            1 => new("the client is stopped", run => run.StopClientAsync()),
            _ => new($"the client restarts{(settings is null ? "" : $" with {settings}")}", run => run.RestartClientAsync(settings)),
        };
    }

    private static HistoryStep Crash(Random random)
    {
        var (count, moment, step) = (random.Next(4), (Moment)random.Next(2), WatchedTarget.Steps[random.Next(3)]);
        return random.Next(9) switch
        {
            5 or 6 => CutOff(random),
            7 => HistoryStep.Of(
                $"the power is cut in a handler, {moment} '{step}', after {count} that go well",
                run => run.CutPowerWith(faults => faults.CrashClientInHandler(count, step, moment))),
            8 => HistoryStep.Of($"the power is cut {moment} a commit, after {count} that go well", run => run.CutPowerWith(faults => faults.CrashClientAtCommit(count, moment))),
            0 or 1 => HistoryStep.Of(
                $"the client dies in a handler, {moment} '{step}', after {count} that go well", run => run.Faults.CrashClientInHandler(count, step, moment)),
            2 => HistoryStep.Of($"the client dies {moment} a commit, after {count} that go well", run => run.Faults.CrashClientAtCommit(count, moment)),
            3 => HistoryStep.Of($"the server dies {moment} a write to its state, after {count} that go well", run => run.Faults.CrashServerAtWrite(count, moment)),
            _ => HistoryStep.Of($"the bus takes {count + 1} messages, confirms {count}, and fails", run => run.FailBus(count + 1, count)),
        };
    }

    // In the middle of a retry, or of whatever calls the target next.
    private static HistoryStep CutOff(Random random)
    {
        var (count, moment, step) = (random.Next(3), (Moment)random.Next(2), WatchedTarget.Steps[random.Next(3)]);
        var isRetry = random.Next(2) == 0;
        return new($"the client is stopped {moment} '{step}', after {count} that go well, {(isRetry ? "in a retry" : "when it comes there")}", run =>
        {
            run.Faults.CutClientOffInHandler(count, step, moment);
            return isRetry ? run.RetryAsync() : Task.CompletedTask;
        });
    }

    private static HistoryStep StartOver(Random random) => random.Next(4) switch
    {
        0 => new("the server sends an initsync", run => run.SendInitSyncAsync()),
        1 => new("the client is away longer than the bus keeps messages", run => run.LoseMessagesAsync()),
        _ => new("the client is asked to re-initialise", run => run.ReinitialiseAsync()),
    };

    /// <summary>Who plays: few have more to do with each other.</summary>
    private sealed record Cast(int Users, int Groups, bool HasRooms);
}
