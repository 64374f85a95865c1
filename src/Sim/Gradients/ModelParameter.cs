namespace HilRig.Sim.Gradients;

/// <summary>One number of a model that derivatives may be taken by.</summary>
/// <param name="Field">MuJoCo's name of the field, such as <c>dof_damping</c>.</param>
/// <param name="Row">Index of the body, joint, dof, actuator or geom.</param>
/// <param name="Column">Index inside the row; 0 of a field with one number a row.</param>
public readonly record struct ModelParameter(string Field, int Row, int Column = 0);
