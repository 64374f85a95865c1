using HilRig.Core.Errors;
using HilRig.Sim.Batch;
using HilRig.Sim.Models;

namespace HilRig.Sim.Environments;

/// <summary>One event with its names resolved, ready to be applied to an env.</summary>
internal sealed class Randomization
{
    private readonly RandomizationEvent _event;
    private readonly EnvironmentScene _scene;
    private readonly PhysicalField? _field;
    private readonly BatchField _state;
    private readonly (int Row, int Column)[] _places;
    private readonly double[] _usual;
    private readonly double[] _row;
    private readonly double[] _next;

    /// <summary>Resolves the names.</summary>
    /// <exception cref="ModelException">Something is not in the model.</exception>
    public Randomization(RandomizationEvent source, EnvironmentScene scene)
    {
        _event = source;
        _scene = scene;
        Model model = scene.Model;
        if (source.Field is "qpos" or "qvel")
        {
            bool isPosition = source.Field == "qpos";
            _state = isPosition ? BatchField.Position : BatchField.Velocity;
            _places = [.. StatePlaces(model, isPosition).Select(slot => (0, slot))];
            _usual = [];
        }
        else
        {
            _field = scene.Batch.Parameters.Find(source.Field);
            _places = [.. FieldPlaces(_field)];
            _usual = [.. _places.Select(Usual)];
        }

        _row = new double[_field is null ? scene.Batch.Width(_state) : 0];
        bool repeats = source.When == RandomizationTrigger.Interval;
        if (repeats != source.Interval is not null || _places.Length == 0)
        {
            throw new ModelException(
                "the randomisation event is not complete",
                source.Field,
                "an interval exactly when the event is one, and at least one number to change",
                $"{source.When}, interval {source.Interval}, {_places.Length} numbers");
        }

        _next = new double[repeats ? scene.EnvCount : 0];
    }

    /// <summary>When it is applied.</summary>
    public RandomizationTrigger When => _event.When;

    /// <summary>Applies it to an env.</summary>
    public void Apply(int env)
    {
        double number = 0;
        if (_field is null)
        {
            _scene.Batch.Read(_state, env, _row);
        }

        for (int i = 0; i < _places.Length; i++)
        {
            if (i == 0 || !_event.Shared)
            {
                number = _event.Distribution.Sample(_scene, env);
            }

            (int row, int column) = _places[i];
            if (_field is null)
            {
                _row[column] = Changed(_row[column], number);
            }
            else
            {
                _scene.Batch.Parameters.Write(
                    _field, row, column, env, Changed(_usual[i], number));
            }
        }

        if (_field is null)
        {
            _scene.Batch.Write(_state, env, _row);
        }
    }

    /// <summary>Draws when an interval event is due first in an episode.</summary>
    public void Begin(int env)
    {
        if (_next.Length > 0)
        {
            _next[env] = _event.Interval!.Sample(_scene, env);
        }
    }

    /// <summary>Applies an interval event to the envs in which it is due.</summary>
    public void ApplyWhereDue()
    {
        for (int env = 0; env < _next.Length; env++)
        {
            double now = _scene.Time[env];
            if (now >= _next[env])
            {
                Apply(env);
                _next[env] = now + _event.Interval!.Sample(_scene, env);
            }
        }
    }

    private double Changed(double usual, double number) => _event.Operation switch
    {
        RandomizationOperation.Absolute => number,
        RandomizationOperation.Add => usual + number,
        RandomizationOperation.Scale => usual * number,
    };

    private double Usual((int Row, int Column) place)
    {
        double[] values = new double[_scene.EnvCount];
        _scene.Batch.Parameters.Read(_event.Field, place.Row, place.Column, values);
        return values[0];
    }

    private IEnumerable<(int Row, int Column)> FieldPlaces(PhysicalField field)
    {
        int[] rows = _event.Names.Count == 0
            ? [.. Enumerable.Range(0, field.RowNames.Count).Where(r => field.Refusal(r) is null)]
            : [.. _event.Names.Select(field.RowOf)];
        Array.ForEach(rows, field.CheckRow);
        if (_event.Column is { } column)
        {
            if (column < 0 || column >= field.ColumnCount)
            {
                throw new ModelException(
                    "there is no such column",
                    field.Name,
                    $"0 to {field.ColumnCount - 1}",
                    $"{column}");
            }

            return rows.Select(row => (row, column));
        }

        return rows.SelectMany(row =>
            Enumerable.Range(0, field.ColumnCount).Select(k => (row, k)));
    }

    private IEnumerable<int> StatePlaces(Model model, bool isPosition)
    {
        foreach (string name in _event.Names)
        {
            if (model.IndexOfJoint(name) < 0)
            {
                throw new ModelException(
                    "there is no such joint",
                    _event.Field,
                    string.Join(", ", model.Joints.Select(joint => joint.Name)),
                    name);
            }
        }

        foreach (ModelJoint joint in model.Joints)
        {
            bool named = _event.Names.Count == 0 || _event.Names.Contains(joint.Name);
            int count = joint.Type switch
            {
                JointType.Ball => isPosition ? 0 : 3,
                JointType.Free => isPosition ? 3 : 6,
                JointType.Slide or JointType.Hinge => 1,
            };
            for (int k = 0; named && k < count; k++)
            {
                if (_event.Column is null || _event.Column == k)
                {
                    yield return (isPosition ? joint.PositionAddress : joint.DofAddress) + k;
                }
            }
        }
    }
}
